import { clausesOf } from '../domain/clausesOf.ts'
import { UsageError, errorToData } from '../domain/errors.ts'
import { methodSchemas, type CheckedParams, type EventName, type Events, type MethodName, type Results } from './contract/methods.ts'
import { parseMessage } from './messages.ts'
import type { Transport } from './transport.ts'

export type Handlers = { [M in MethodName]: (params: CheckedParams<M>) => Results[M] | Promise<Results[M]> }

export interface RpcServer {
  emit<E extends EventName>(name: E, payload: Events[E]): void
  /** Stop listening; the transport stays open. */
  close(): void
}

/**
 * Answer the calls that arrive over a transport. Each call is answered exactly once, with a result or an error;
 * parameters are checked before a handler sees them.
 */
export function serveRpc(transport: Transport, handlers: Handlers): RpcServer {
  const stop = transport.onMessage((raw) => {
    const message = parseMessage(raw)
    if (message?.type !== 'call') return
    void answer(handlers, message.method, message.params).then((outcome) => sendOutcome(transport, message.id, outcome))
  })
  return {
    emit: (name, payload) => transport.send({ type: 'event', name, payload }),
    close: stop,
  }
}

type Outcome = { type: 'result'; result: unknown } | { type: 'error'; error: ReturnType<typeof errorToData> }

async function answer(handlers: Handlers, method: string, params: unknown): Promise<Outcome> {
  try {
    return { type: 'result', result: await callHandler(handlers, method, params) }
  } catch (error) {
    return { type: 'error', error: errorToData(error) }
  }
}

/** A result that cannot cross becomes an error that can: the caller must not wait for ever. */
function sendOutcome(transport: Transport, id: number, outcome: Outcome): void {
  try {
    transport.send({ ...outcome, id })
  } catch (error) {
    transport.send({ type: 'error', id, error: { code: 'Error', message: errorToData(error).message } })
  }
}

/**
 * Check a call and make it.
 *
 * @throws UsageError when there is no such method, or naming each parameter that is off; or whatever the handler throws
 */
export async function callHandler(handlers: Handlers, method: string, params: unknown): Promise<unknown> {
  if (!Object.hasOwn(methodSchemas, method)) {
    throw new UsageError(`There is no method "${method}". Reload the window: it may be of another version than the program.`)
  }
  const name = method as MethodName
  const parsed = methodSchemas[name].safeParse(params)
  if (!parsed.success) {
    const what = clausesOf(parsed.error, 'parameters')
    throw new UsageError(`"${name}" was called with parameters of the wrong form: ${what}. Correct these.`)
  }
  return (handlers[name] as (params: unknown) => unknown)(parsed.data)
}
