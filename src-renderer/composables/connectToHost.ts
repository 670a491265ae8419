import { createRpcClient, type RpcClient } from '../../src-main/rpc/client.ts'
import { messagePortTransport } from '../../src-main/rpc/transports/messagePort.ts'
import { reconnectingWebSocket } from '../../src-main/rpc/transports/reconnectingWebSocket.ts'
import './shell.ts'

const TOKEN_KEY = 'metamer-lab.token'

/** Reach the host: through Electron's message port where there is one, else by WebSocket on this page's own origin. */
export async function connectToHost(page: Window): Promise<RpcClient> {
  if (page.metamerShell) return createRpcClient(messagePortTransport(await portFromShell(page)))
  const address = socketAddress(page.location, takeToken(page))
  return createRpcClient(reconnectingWebSocket(() => new WebSocket(address)))
}

/**
 * Read the token from the address once and keep it for this tab, so that it is not seen, copied or bookmarked.
 *
 * @returns the token, or '' when the page was opened without one
 */
export function takeToken(page: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string {
  const url = new URL(page.location.href)
  const given = url.searchParams.get('token')
  if (given === null) return page.sessionStorage.getItem(TOKEN_KEY) ?? ''
  page.sessionStorage.setItem(TOKEN_KEY, given)
  url.searchParams.delete('token')
  page.history.replaceState(null, '', url)
  return given
}

export function socketAddress(location: Pick<Location, 'protocol' | 'host'>, token: string): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${scheme}//${location.host}/rpc?token=${encodeURIComponent(token)}`
}

function portFromShell(page: Window): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent): void => {
      const port = event.ports[0]
      // Only the preload script of this very window may hand over the port.
      if (event.source !== page || !port) return
      page.removeEventListener('message', listen)
      resolve(port)
    }
    page.addEventListener('message', listen)
  })
}
