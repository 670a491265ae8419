import { readdirSync } from 'node:fs'
import path from 'node:path'

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

export interface RendererFile {
  path: string
  mimeType: string
}

/**
 * List what the window may ask for: the files of the build and nothing else, so that no path can lead outside.
 *
 * @returns by URL path, "/" being index.html
 * @throws Error when the build is missing, with the command that makes it
 */
export function rendererFiles(folder: string): Map<string, RendererFile> {
  const files = new Map<string, RendererFile>()
  for (const entry of list(folder)) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const url = '/' + path.relative(folder, file).split(path.sep).join('/')
    files.set(url, { path: file, mimeType: mimeTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream' })
  }
  const index = files.get('/index.html')
  if (!index) throw new Error(`The window's files are not built: there is no index.html in ${folder}. Run "npm run build".`)
  return files.set('/', index)
}

function list(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
}
