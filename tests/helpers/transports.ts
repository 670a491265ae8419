import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { WebSocket, WebSocketServer } from 'ws'
import type { Transport } from '../../src-main/rpc/transport.ts'
import { createInMemoryPair } from '../../src-main/rpc/transports/inMemory.ts'
import { messagePortTransport } from '../../src-main/rpc/transports/messagePort.ts'
import { webSocketTransport, type SocketLike } from '../../src-main/rpc/transports/webSocket.ts'

export interface TransportPair {
  client: Transport
  server: Transport
  dispose(): Promise<void>
}

/** Every transport the program has, each as a connected pair. */
export const transportPairs: Record<string, () => Promise<TransportPair>> = {
  async inMemory() {
    const [client, server] = createInMemoryPair()
    return { client, server, dispose: async () => client.close() }
  },
  async messagePort() {
    const { port1, port2 } = new MessageChannel()
    const client = messagePortTransport(port1)
    return { client, server: messagePortTransport(port2), dispose: async () => client.close() }
  },
  async webSocket() {
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await once(sockets, 'listening')
    const arrived = once(sockets, 'connection') as Promise<[WebSocket]>
    const socket = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`)
    const [accepted] = await arrived
    const client = webSocketTransport(socket as unknown as SocketLike)
    return {
      client,
      server: webSocketTransport(accepted as unknown as SocketLike),
      async dispose() {
        client.close()
        accepted.terminate()
        await new Promise((resolve) => sockets.close(resolve))
      },
    }
  },
}
