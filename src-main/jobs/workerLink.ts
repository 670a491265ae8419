import { EngineError, errorFromData } from '../domain/errors.ts'
import type {
  HostMessage,
  WorkerEvent,
  WorkerMessage,
  WorkerRequestName,
  WorkerRequests,
} from '../domain/workerMessages.ts'

/** The compute process as seen from outside: something that takes and gives messages, and may die. */
export interface WorkerProcess {
  postMessage(message: HostMessage): void
  onMessage(listener: (message: WorkerMessage) => void): void
  /** Called once. A utility process knows no signal and gives null. */
  onExit(listener: (code: number | null, signal: string | null) => void): void
  kill(): void
}

/** Starts a compute process: child_process.fork under Node, utilityProcess.fork under Electron. */
export type LaunchWorker = () => WorkerProcess

/** The compute process died or was closed while an answer was awaited. Nothing that was stored is lost. */
export class WorkerStopped extends EngineError {
  /** What happened, without full stop: "The compute process stopped (signal SIGKILL)". */
  readonly what: string

  constructor(what: string, consequence: string) {
    super(`${what}${consequence}`)
    this.what = what
  }
}

export interface WorkerLink {
  /**
   * Ask the compute process, starting it first where there is none.
   *
   * @throws the process's own error, built again; WorkerStopped when the process dies before it answers
   */
  request<N extends WorkerRequestName>(
    name: N,
    params: WorkerRequests[N]['params'],
  ): Promise<WorkerRequests[N]['result']>
  /**
   * Give the present process a network's weights unless it has them.
   *
   * @param find  gives the path of the weights' file, or null for a network that makes its own from a seed
   */
  ensureWeights(network: string, find: () => Promise<string | null>): Promise<void>
  /** Ask a synthesis or null distribution to stop after its current step; without effect when none runs. */
  stop(jobId: number): void
  /** @returns a function that ends the subscription */
  onEvent(listener: (event: WorkerEvent) => void): () => void
  /** Called with what happened, in words, when the process dies unasked. @returns a function that ends the subscription */
  onExit(listener: (reason: string) => void): () => void
  /** End the process for good: open requests and all later ones are refused. */
  close(): void
}

interface Pending {
  name: WorkerRequestName
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** One life of the compute process. */
interface Life {
  process: WorkerProcess
  ready: boolean
  /** Messages that wait until the process is ready. */
  waiting: HostMessage[]
  pending: Map<number, Pending>
  weights: Map<string, Promise<void>>
  /** What happened, once it is over. */
  ended: string | null
}

/** Keep one compute process at hand: started at the first request, started anew after it died. */
export function createWorkerLink(launch: LaunchWorker): WorkerLink {
  const eventListeners = new Set<(event: WorkerEvent) => void>()
  const exitListeners = new Set<(reason: string) => void>()
  let life: Life | null = null
  let closed = false
  let lastId = 0

  function present(): Life {
    if (closed) throw new WorkerStopped('The compute process was closed', '. Start the program again.')
    return (life ??= start())
  }

  function start(): Life {
    const started: Life = { process: launch(), ready: false, waiting: [], pending: new Map(), weights: new Map(), ended: null }
    started.process.onMessage((message) => receive(started, message))
    started.process.onExit((code, signal) => died(started, code, signal))
    return started
  }

  function receive(from: Life, message: WorkerMessage): void {
    if (message.type === 'ready') return becomeReady(from)
    if (message.type === 'result' || message.type === 'error') return settle(from, message)
    for (const listener of eventListeners) listener(message)
  }

  function died(dead: Life, code: number | null, signal: string | null): void {
    if (life === dead) life = null
    if (dead.ended) return
    const how = signal ? `signal ${signal}` : code === null ? 'no exit code' : `exit code ${code}`
    end(dead, `The compute process stopped (${how})`)
    for (const listener of exitListeners) listener(`${dead.ended}.`)
  }

  return {
    // async, so that a launch that fails is a refused request like any other
    async request(name, params) {
      const to = present()
      return (await ask(to, ++lastId, name, params)) as never
    },
    async ensureWeights(network, find) {
      const to = present()
      const known = to.weights.get(network)
      if (known) return known
      const loading = loadWeights(to, ++lastId, network, find)
      to.weights.set(network, loading)
      // A failed attempt must not be remembered as done.
      loading.catch(() => to.weights.delete(network))
      return loading
    },
    stop: (jobId) => life && post(life, { type: 'stop', jobId }),
    onEvent: (listener) => subscribe(eventListeners, listener),
    onExit: (listener) => subscribe(exitListeners, listener),
    close() {
      closed = true
      if (!life) return
      end(life, 'The compute process was closed')
      life.process.kill()
      life = null
    },
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function post(to: Life, message: HostMessage): void {
  if (to.ready) to.process.postMessage(message)
  else to.waiting.push(message)
}

function ask(to: Life, id: number, name: WorkerRequestName, params: unknown): Promise<unknown> {
  // It may have died while the caller looked for a file.
  if (to.ended) return Promise.reject(stoppedBefore(to.ended, name))
  return new Promise((resolve, reject) => {
    to.pending.set(id, { name, resolve, reject })
    post(to, { type: 'request', id, name, params })
  })
}

async function loadWeights(
  to: Life,
  id: number,
  network: string,
  find: () => Promise<string | null>,
): Promise<void> {
  const file = await find()
  if (file) await ask(to, id, 'loadWeights', { network, file })
}

function becomeReady(life: Life): void {
  life.ready = true
  for (const message of life.waiting.splice(0)) life.process.postMessage(message)
}

function settle(from: Life, message: Extract<WorkerMessage, { type: 'result' | 'error' }>): void {
  const pending = from.pending.get(message.id)
  if (!pending) return
  from.pending.delete(message.id)
  if (message.type === 'result') pending.resolve(message.result)
  else pending.reject(errorFromData(message.error))
}

function end(life: Life, what: string): void {
  life.ended = what
  for (const pending of life.pending.values()) pending.reject(stoppedBefore(what, pending.name))
  life.pending.clear()
}

function stoppedBefore(what: string, request: WorkerRequestName): WorkerStopped {
  return new WorkerStopped(what, ` before it answered "${request}". What was stored is kept; ask again to go on.`)
}
