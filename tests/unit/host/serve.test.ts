import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { serve, type LoopbackServer } from '../../../src-main/host/serve.ts'
import { createRpcClient } from '../../../src-main/rpc/client.ts'
import { serveRpc } from '../../../src-main/rpc/server.ts'
import { webSocketTransport, type SocketLike } from '../../../src-main/rpc/transports/webSocket.ts'
import { handlersWith } from '../../helpers/handlers.ts'

describe('serve', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-serve-'))
  let server: LoopbackServer
  let address: URL
  let cookie: string

  beforeAll(async () => {
    mkdirSync(path.join(folder, 'out/assets'), { recursive: true })
    writeFileSync(path.join(folder, 'out/index.html'), '<title>window</title>')
    writeFileSync(path.join(folder, 'out/assets/a.js'), 'let a')
    writeFileSync(path.join(folder, 'secret.txt'), 'secret')
    server = await serve({
      rendererFolder: path.join(folder, 'out'),
      port: 0,
      connect: (transport) => void serveRpc(transport, handlersWith({ 'runs.cancel': () => null })),
    })
    address = new URL(server.address)
    cookie = (await get('/' + address.search)).headers['set-cookie']![0]!.split(';')[0]!
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  function get(target: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<http.IncomingMessage & { body: string }> {
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port: address.port, path: target, headers, method }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk) => (body += chunk))
        response.on('end', () => resolve(Object.assign(response, { body })))
      })
      request.on('error', reject).end()
    })
  }

  /** 'open', or the sentence with which the socket was refused. */
  function openSocket(headers: Record<string, string>, target = '/rpc'): Promise<string> {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}${target}`, { headers })
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve('open'))
      socket.on('unexpected-response', (_, response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk) => (body += chunk))
        response.on('end', () => resolve(body.trim()))
      })
      socket.on('error', reject)
    }).finally(() => socket.terminate()) as Promise<string>
  }

  it('takes the token once, as a cookie that scripts and other sites cannot use', async () => {
    const response = await get('/' + address.search)
    expect(response.statusCode).toBe(303)
    expect(response.headers.location).toBe('/')
    expect(response.headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
  })

  it('serves the build to whoever has the cookie, with a strict policy', async () => {
    const index = await get('/', { cookie })
    expect([index.statusCode, index.body]).toEqual([200, '<title>window</title>'])
    expect(index.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(index.headers['content-security-policy']).toContain("script-src 'self';")
    const script = await get('/assets/a.js', { cookie })
    expect([script.headers['content-type'], script.body]).toEqual(['text/javascript; charset=utf-8', 'let a'])
  })

  it.each(['/', '/assets/a.js', '/?token=wrong'])('refuses %s without the token and says what to do', async (target) => {
    const response = await get(target)
    expect(response.statusCode).toBe(403)
    expect(response.body).toBe('The token is missing or of an earlier start. Open the whole address that Metamer Lab printed when it started.\n')
  })

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '/..%2fsecret.txt', '/nothing.js', '//secret.txt', '//', '//['])(
    'has nothing at %s',
    async (target) => {
      expect((await get(target, { cookie })).statusCode).toBe(404)
    },
  )

  it('refuses a host name that is not its own, with or without cookie', async () => {
    for (const host of ['evil.example', `evil.example:${address.port}`, '127.0.0.1', `127.0.0.1:${Number(address.port) + 1}`]) {
      const response = await get('/', { cookie, host })
      expect([response.statusCode, response.body]).toEqual([403, 'This address is not the one Metamer Lab was started at. Use the address it printed.\n'])
    }
    expect((await get('/', { cookie, host: `localhost:${address.port}` })).statusCode).toBe(200)
  })

  it('refuses requests from pages of other origins', async () => {
    const response = await get('/', { cookie, origin: 'http://evil.example' })
    expect([response.statusCode, response.body]).toEqual([403, 'Another site asked for this. Only the window of Metamer Lab may.\n'])
  })

  it('answers nothing but GET and HEAD', async () => {
    expect((await get('/', { cookie }, 'POST')).statusCode).toBe(405)
    expect((await get('/', { cookie }, 'HEAD')).body).toBe('')
  })

  it('opens a socket for its own window only', async () => {
    const origin = `http://127.0.0.1:${address.port}`
    expect(await openSocket({ cookie, origin })).toBe('open')
    expect(await openSocket({ origin })).toMatch(/^The token is missing/)
    expect(await openSocket({ cookie })).toMatch(/^Another site asked/)
    expect(await openSocket({ cookie, origin: 'http://evil.example' })).toMatch(/^Another site asked/)
    expect(await openSocket({ cookie, origin, host: 'evil.example' })).toMatch(/^This address is not/)
    expect(await openSocket({ cookie, origin }, '/other')).toBe('There is no socket here.')
    expect(await openSocket({ origin }, `/rpc${address.search}`)).toMatch(/^The token is missing/)
  })

  it('carries calls over the socket', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}/rpc`, { headers: { cookie, origin: `http://127.0.0.1:${address.port}` } })
    const client = createRpcClient(webSocketTransport(socket as unknown as SocketLike))
    expect(await client.call('runs.cancel', { id: 1 })).toBeNull()
    client.close()
  })

  it('says which command builds the window when it is not built', async () => {
    await expect(serve({ rendererFolder: path.join(folder, 'none'), port: 0, connect: () => undefined })).rejects.toThrow(
      /^The window's files are not built: there is no index.html in .*none. Run "npm run build".$/,
    )
  })

  it('says that the port is taken', async () => {
    const again = serve({ rendererFolder: path.join(folder, 'out'), port: Number(address.port), connect: () => undefined })
    await expect(again).rejects.toThrow(`Port ${address.port} is in use. Choose another with --port, or 0 for any free one.`)
  })
})
