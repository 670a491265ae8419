import type { EventName, Events, MethodName, Params, Results } from '../../src-main/rpc/contract/methods.ts'
import type { RpcClient } from '../../src-main/rpc/client.ts'
import type { TransportState } from '../../src-main/rpc/transport.ts'

export type Handlers = { [M in MethodName]?: (params: Params<M>) => Results[M] | Promise<Results[M]> }

export interface FakeRpc extends RpcClient {
  /** What was called, in order. */
  calls: Array<{ method: MethodName; params: unknown }>
  emit<E extends EventName>(name: E, payload: Events[E]): void
  setState(state: TransportState): void
}

/** A client whose answers are given by functions; a method without one is refused by name. */
export function createFakeRpc(handlers: Handlers): FakeRpc {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const stateListeners = new Set<(state: TransportState) => void>()
  const calls: FakeRpc['calls'] = []
  let state: TransportState = 'open'
  return {
    calls,
    async call(method, params) {
      calls.push({ method, params })
      const handler = handlers[method] as ((params: unknown) => unknown) | undefined
      if (!handler) throw new Error(`The fake has no answer to "${method}".`)
      return (await handler(params)) as never
    },
    on(name, listener) {
      const own = listeners.get(name) ?? new Set()
      listeners.set(name, own.add(listener as (payload: never) => void))
      return () => own.delete(listener as (payload: never) => void)
    },
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    get state() {
      return state
    },
    close() {},
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never)
    },
    setState(next) {
      state = next
      for (const listener of stateListeners) listener(next)
    },
  }
}
