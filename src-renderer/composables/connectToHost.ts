import { createRpcClient, type RpcClient } from '../../src-main/rpc/client.ts'
import { messagePortTransport } from '../../src-main/rpc/transports/messagePort.ts'
import { reconnectingWebSocket } from '../../src-main/rpc/transports/reconnectingWebSocket.ts'
import './shell.ts'

/** Reach the host: through Electron's message port where there is one, else by WebSocket on this page's own origin. */
export async function connectToHost(page: Window): Promise<RpcClient> {
  if (page.metamerShell) return createRpcClient(messagePortTransport(await portFromShell(page)))
  const address = socketAddress(page.location)
  return createRpcClient(reconnectingWebSocket(() => new WebSocket(address)))
}

/** The token of the address the page was opened with went into a cookie of this origin; the socket brings it along. */
export function socketAddress(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/rpc`
}

/** @returns the port that the preload script hands over; other messages are passed by */
export function portFromShell(page: Window): Promise<MessagePort> {
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
