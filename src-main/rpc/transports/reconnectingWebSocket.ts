import { createListeners } from '../listeners.ts'
import type { Transport, TransportState } from '../transport.ts'
import { webSocketTransport, type SocketLike } from './webSocket.ts'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5000

/**
 * A WebSocket that is opened again whenever it closes, with growing pauses, until `close` is called.
 * Messages are not kept for later: calls that were waiting fail when the state turns to 'closed'.
 *
 * @param connect  opens one socket; called once at the start and once per attempt
 */
export function reconnectingWebSocket(connect: () => SocketLike): Transport {
  const messages = createListeners<unknown>()
  const states = createListeners<TransportState>()
  let waitMs = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | null = null
  let finished = false
  let current = open()

  function open(): Transport {
    const transport = webSocketTransport(connect())
    transport.onMessage(messages.tell)
    transport.onState((state) => {
      if (state === 'open') waitMs = FIRST_WAIT_MS
      if (state === 'closed' && !finished) tryAgainLater()
      states.tell(state)
    })
    return transport
  }

  function tryAgainLater(): void {
    timer = setTimeout(() => {
      current = open()
    }, waitMs)
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
  }

  return {
    send: (message) => current.send(message),
    onMessage: messages.add,
    onState: states.add,
    get state() {
      return current.state
    },
    close() {
      finished = true
      if (timer) clearTimeout(timer)
      current.close()
    },
  }
}
