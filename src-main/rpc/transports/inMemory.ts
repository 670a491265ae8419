import { createListeners } from '../listeners.ts'
import type { Transport, TransportState } from '../transport.ts'

/**
 * Two ends in one process, for the command line and tests. Messages are cloned and arrive later, in order, so that
 * nothing works here that would not work between processes.
 */
export function createInMemoryPair(): [Transport, Transport] {
  const a = createEnd()
  const b = createEnd()
  const connect = (from: End, to: End): Transport => ({
    send(message) {
      if (from.state !== 'open') return
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => to.state === 'open' && to.messages.tell(copy))
    },
    onMessage: from.messages.add,
    onState: from.states.add,
    get state() {
      return from.state
    },
    close() {
      closeEnd(from)
      closeEnd(to)
    },
  })
  return [connect(a, b), connect(b, a)]
}

interface End {
  state: TransportState
  messages: ReturnType<typeof createListeners<unknown>>
  states: ReturnType<typeof createListeners<TransportState>>
}

function createEnd(): End {
  return { state: 'open', messages: createListeners(), states: createListeners() }
}

function closeEnd(end: End): void {
  if (end.state === 'closed') return
  end.state = 'closed'
  end.states.tell('closed')
}
