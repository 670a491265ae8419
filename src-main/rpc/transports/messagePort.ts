import { createListeners } from '../listeners.ts'
import type { Transport, TransportState } from '../transport.ts'

/** A port as the DOM and Node's worker_threads have it. */
interface EventTargetPort {
  postMessage(message: unknown): void
  addEventListener(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void
  start(): void
  close(): void
}

/** A port as Electron's main process has it (MessagePortMain). */
interface EmitterPort {
  postMessage(message: unknown): void
  on(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): unknown
  start(): void
  close(): void
}

/** Talk over one end of a message channel. The port is started and closed with the transport. */
export function messagePortTransport(port: unknown): Transport {
  const end = port as EventTargetPort & EmitterPort
  const messages = createListeners<unknown>()
  const states = createListeners<TransportState>()
  let state: TransportState = 'open'

  const listen = (type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void => {
    if (typeof end.addEventListener === 'function') end.addEventListener(type, listener)
    else end.on(type, listener)
  }
  const closed = (): void => {
    if (state === 'closed') return
    state = 'closed'
    states.tell('closed')
  }
  listen('message', (event) => messages.tell(event.data))
  listen('close', closed)
  end.start()

  return {
    send(message) {
      if (state === 'open') end.postMessage(message)
    },
    onMessage: messages.add,
    onState: states.add,
    get state() {
      return state
    },
    close() {
      end.close()
      closed()
    },
  }
}
