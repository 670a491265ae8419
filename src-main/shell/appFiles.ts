import { readFile } from 'node:fs/promises'
import type { RendererFile } from '../host/rendererFiles.ts'
import { windowPolicy } from '../host/windowPolicy.ts'
import { isOwnPage } from './addresses.ts'

/**
 * Answer the window's request for a file of its own build.
 *
 * @param files  all it may ask for, by URL path: nothing else can be reached, whatever the path says
 */
export async function answerWindow(
  request: { url: string; method: string },
  files: ReadonlyMap<string, RendererFile>,
): Promise<Response> {
  if (!isOwnPage(request.url)) return refuse(403, 'This address is not the program\'s own.')
  if (request.method !== 'GET') return refuse(405, 'Only GET is answered here.')
  const file = files.get(new URL(request.url).pathname)
  if (!file) return refuse(404, 'There is no such file.')
  return new Response(await readFile(file.path), { headers: headers(file.mimeType) })
}

function refuse(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: headers('text/plain; charset=utf-8') })
}

function headers(contentType: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': windowPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
}
