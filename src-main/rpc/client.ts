import { LabError, errorFromData } from '../domain/errors.ts'
import type { EventName, Events, MethodName, Params, Results } from './contract/methods.ts'
import { createListeners, type Listeners } from './listeners.ts'
import { parseMessage } from './messages.ts'
import type { Transport, TransportState } from './transport.ts'

export interface RpcClient {
  /**
   * @throws LabError of the class the host threw; ConnectionError when the connection is lost before the answer
   */
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Results[M]>
  /** @returns a function that removes the listener */
  on<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void
  /** 'open' after 'closed' means: ask again for whatever is shown, events were missed. */
  onState(listener: (state: TransportState) => void): () => void
  readonly state: TransportState
  close(): void
}

/** The host cannot be reached. What it was doing goes on without the window. */
export class ConnectionError extends LabError {
  override readonly code = 'ConnectionError'
}

interface Pending {
  method: string
  resolve: (result: never) => void
  reject: (error: Error) => void
}

export function createRpcClient(transport: Transport): RpcClient {
  const pending = new Map<number, Pending>()
  const events = new Map<string, Listeners<never>>()
  let lastId = 0

  transport.onMessage((raw) => {
    const message = parseMessage(raw)
    if (message?.type === 'event') return events.get(message.name)?.tell(message.payload as never)
    if (message?.type !== 'result' && message?.type !== 'error') return
    const waiting = pending.get(message.id)
    pending.delete(message.id)
    if (message.type === 'result') waiting?.resolve(message.result as never)
    else waiting?.reject(errorFromData(message.error))
  })
  transport.onState((state) => {
    if (state === 'closed') rejectAll(pending)
  })

  return {
    call(method, params) {
      if (transport.state === 'closed') return Promise.reject(connectionLost(method))
      const id = ++lastId
      return new Promise((resolve, reject) => {
        pending.set(id, { method, resolve, reject })
        try {
          transport.send({ type: 'call', id, method, params })
        } catch (error) {
          pending.delete(id)
          reject(error)
        }
      })
    },
    on(name, listener) {
      const listeners = events.get(name) ?? createListeners<never>()
      events.set(name, listeners)
      return listeners.add(listener as (payload: never) => void)
    },
    onState: (listener) => transport.onState(listener),
    get state() {
      return transport.state
    },
    close: () => transport.close(),
  }
}

function rejectAll(pending: Map<number, Pending>): void {
  const waiting = [...pending.values()]
  pending.clear()
  for (const { method, reject } of waiting) reject(connectionLost(method))
}

function connectionLost(method: string): ConnectionError {
  return new ConnectionError(`The connection to the program was lost before "${method}" was answered. Wait for it to come back, or start the program again.`)
}
