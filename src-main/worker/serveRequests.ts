import { UsageError, errorToData } from '../domain/errors.ts'
import type { HostMessage, WorkerRequestName, WorkerRequests } from '../domain/workerMessages.ts'
import type { HostPort } from './hostPort.ts'

type Result<N extends WorkerRequestName> = WorkerRequests[N]['result']
export type RequestHandler<N extends WorkerRequestName> = (params: WorkerRequests[N]['params']) => Result<N> | Promise<Result<N>>
export type RequestHandlers = { [N in WorkerRequestName]: RequestHandler<N> }

/** Answer the host's requests, each once; a failure of one is its answer and touches no other. */
export function serveRequests(port: HostPort, handlers: RequestHandlers, stop: (jobId: number) => void): void {
  port.onMessage((message) => {
    if (message.type === 'stop') stop(message.jobId)
    else void answer(handlers, message).then(port.post)
  })
}

async function answer(handlers: RequestHandlers, request: Extract<HostMessage, { type: 'request' }>) {
  const { id, name, params } = request
  try {
    if (!Object.hasOwn(handlers, name)) throw new UsageError(`The compute process knows no request "${name}". It is of another version than the program: start the program again.`)
    const result = await (handlers[name] as (params: unknown) => unknown)(params)
    return { type: 'result' as const, id, result }
  } catch (error) {
    return { type: 'error' as const, id, error: errorToData(error) }
  }
}
