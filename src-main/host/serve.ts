import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { webSocketTransport, type SocketLike } from '../rpc/transports/webSocket.ts'
import type { Transport } from '../rpc/transport.ts'
import { rendererFiles, type RendererFile } from './rendererFiles.ts'
import { windowPolicy } from './windowPolicy.ts'
import { createRequestGuard, targetOf, type RequestGuard } from './requestGuard.ts'

/** A long recording may come as one message. */
const LARGEST_MESSAGE_BYTES = 512 * 2 ** 20

export interface ServeOptions {
  /** Folder of the window's build. */
  rendererFolder: string
  /** 0 takes any free one. */
  port: number
  /** Called with each window that connects. */
  connect(transport: Transport): void
}

export interface LoopbackServer {
  /** With the token: whoever has it can use the program. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serve the window on this machine only, at http://127.0.0.1:PORT/, and its socket at /rpc.
 *
 * @throws Error when the window is not built or the port is taken, with what to do
 */
export async function serve(options: ServeOptions): Promise<LoopbackServer> {
  const files = rendererFiles(options.rendererFolder)
  const server = createServer()
  const port = (): number => (server.address() as AddressInfo).port
  const guard = createRequestGuard(port)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES })

  server.on('request', (request, response) => answer(request, response, files, guard))
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    const refusal = targetOf(request).pathname === '/rpc' ? guard.socketRefusal(request) : 'There is no socket here.'
    if (refusal) return refuseSocket(socket, refusal)
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      options.connect(webSocketTransport(webSocket as unknown as SocketLike)),
    )
  })
  await listen(server, options.port)
  return {
    address: `http://127.0.0.1:${port()}/?token=${guard.token}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Choose another with --port, or 0 for any free one.`) : error),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
}

function answer(request: IncomingMessage, response: ServerResponse, files: Map<string, RendererFile>, guard: RequestGuard): void {
  const refusal = guard.refusal(request)
  if (refusal) return say(response, 403, refusal)
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only GET is answered here.')
  const url = targetOf(request)
  if (guard.bringsToken(url)) {
    // The token goes into a cookie and out of the address bar and the history.
    response.setHeader('Set-Cookie', guard.cookie())
    response.setHeader('Location', url.pathname)
    return say(response, 303, 'Go on without the token in the address.')
  }
  const file = files.get(url.pathname)
  if (!file) return say(response, 404, 'There is no such file.')
  sendFile(request, response, file)
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: RendererFile): void {
  response.writeHead(200, { ...safetyHeaders, 'Content-Type': file.mimeType })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response)
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...safetyHeaders, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(sentence + '\n')
}

function refuseSocket(socket: Duplex, sentence: string): void {
  socket.end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${sentence}\n`)
}

const safetyHeaders = {
  'Content-Security-Policy': windowPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}
