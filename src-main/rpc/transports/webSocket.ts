import { createListeners } from '../listeners.ts'
import type { Transport, TransportState } from '../transport.ts'
import { decodeFrame, encodeFrame } from '../wire.ts'

/** What a browser's WebSocket and the one of `ws` have in common. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number): void
  addEventListener(type: 'open' | 'close' | 'error' | 'message', listener: (event: { data?: unknown }) => void): void
}

const CONNECTING = 0
const OPEN = 1
/** "Unsupported data": the other side sent what is no frame of ours. */
const CLOSE_UNSUPPORTED = 1003

/** Talk over one socket; when it closes, so does the transport. Messages sent while it opens wait for it. */
export function webSocketTransport(socket: SocketLike): Transport {
  const messages = createListeners<unknown>()
  const states = createListeners<TransportState>()
  const waiting: Uint8Array<ArrayBuffer>[] = []
  let state: TransportState = socket.readyState === CONNECTING ? 'opening' : socket.readyState === OPEN ? 'open' : 'closed'
  const change = (next: TransportState): void => {
    if (state === next || state === 'closed') return
    state = next
    states.tell(next)
  }

  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    for (const frame of waiting.splice(0)) socket.send(frame)
    change('open')
  })
  socket.addEventListener('message', (event) => {
    const message = readFrame(event.data)
    if (message === null) socket.close(CLOSE_UNSUPPORTED)
    else messages.tell(message.value)
  })
  socket.addEventListener('close', () => change('closed'))
  // A failing socket also closes; the listener keeps `ws` from throwing.
  socket.addEventListener('error', () => undefined)

  return {
    send(message) {
      if (state === 'closed') return
      const frame = encodeFrame(message)
      if (state === 'opening') waiting.push(frame)
      else socket.send(frame)
    },
    onMessage: messages.add,
    onState: states.add,
    get state() {
      return state
    },
    close() {
      socket.close()
      change('closed')
    },
  }
}

function readFrame(data: unknown): { value: unknown } | null {
  if (!(data instanceof ArrayBuffer)) return null
  try {
    return { value: decodeFrame(new Uint8Array(data)) }
  } catch {
    return null
  }
}
