import { setImmediate } from 'node:timers/promises'
import { errorToData } from '../../src-main/domain/errors.ts'
import type { Checkpoint } from '../../src-main/domain/run.ts'
import type { HostMessage, WorkerMessage, WorkerRequestName, WorkerRequests } from '../../src-main/domain/workerMessages.ts'
import type { LaunchWorker } from '../../src-main/jobs/workerLink.ts'
import { checkpoint, nullResult, pictureResult, toyPicture, toySound, verdict } from './sampleRuns.ts'

/** A compute process inside the test's own: it computes nothing, keeps the message contract, and can die on demand. */
export interface FakeWorker {
  launch: LaunchWorker
  /** How often it was started. */
  launches(): number
  /** Every request so far, in order. */
  received: Array<{ name: WorkerRequestName; params: unknown }>
  /** Replace the answer to a request; a thrown error crosses as an error does. */
  answers: Partial<Answers>
  /** Let a run, or null job, come to this step and stay there. @returns a promise that it is there */
  holdAt(jobId: number, step: number): Promise<void>
  /** Let it go on. */
  release(jobId: number): void
  /** Die at once, as by kill -9: what was under way gives no answer. */
  crash(signal?: string): void
}

type Answers = { [N in WorkerRequestName]: (params: WorkerRequests[N]['params'], life: Life) => unknown }

interface Life {
  alive: boolean
  stopped: Set<number>
  tell(message: WorkerMessage): void
}

interface Hold {
  step: number
  reached: () => void
  released: boolean
}

export function createFakeWorker(): FakeWorker {
  const holds = new Map<number, Hold>()
  const received: FakeWorker['received'] = []
  let launches = 0
  let crash: (signal: string) => void = () => {}

  /** @returns false when the job is to stop there */
  async function step(jobId: number, at: number, life: Life): Promise<boolean> {
    const hold = holds.get(jobId)
    if (hold?.step === at && !hold.released) hold.reached()
    while (hold?.step === at && !hold.released && life.alive && !life.stopped.has(jobId)) await setImmediate()
    await setImmediate()
    return life.alive && !life.stopped.has(jobId)
  }

  async function synthesise(params: WorkerRequests['synthesise']['params'], life: Life) {
    const { runId, protocol, resumeFrom } = params
    life.stopped.delete(runId)
    let state: Checkpoint = resumeFrom ?? { ...checkpoint(0) }
    while (state.update < protocol.updates) {
      if (!(await step(runId, state.update, life))) return null
      state = checkpoint(state.update + 1)
      const { update, losses } = state
      const speed = { updatesPerSecond: 2, remainingS: (protocol.updates - update) / 2 }
      const loss = { loss: losses.at(-1)!, firstLoss: losses[0]! }
      life.tell({ type: 'progress', progress: { runId, update, updates: protocol.updates, ...loss, ...speed, preview: null } })
      life.tell({ type: 'checkpoint', runId, checkpoint: state })
    }
    return pictureResult({ checkpoint: state })
  }

  async function nullDistribution({ jobId, pairs }: WorkerRequests['nullDistribution']['params'], life: Life) {
    for (let done = 0; done < pairs; done++) {
      if (!(await step(jobId, done, life))) return null
      life.tell({ type: 'nullProgress', jobId, done: done + 1, total: pairs, phase: 'pairs' })
    }
    return nullResult(0.5)
  }

  function judge({ runs, null: against }: WorkerRequests['judge']['params']) {
    return runs.map(({ runId, rho }) => {
      const above = against !== null && rho > against.maximum
      const outcome = above ? ('included' as const) : ('excluded' as const)
      return { runId, verdict: verdict({ outcome, reason: `ρ ${rho}`, aboveNull: above ? 'yes' : 'no', null: against }) }
    })
  }

  const usual: Partial<Answers> = {
    networks: () => [toyPicture, toySound],
    useNetworks: () => ({ problems: [] }),
    loadWeights: () => null,
    synthesise,
    nullDistribution,
    judge,
  }
  const answers: Partial<Answers> = { ...usual }

  async function answer(message: Extract<HostMessage, { type: 'request' }>, life: Life): Promise<void> {
    received.push({ name: message.name, params: message.params })
    try {
      const result = await (answers[message.name] as Answers['describe'])(message.params as never, life)
      life.tell({ type: 'result', id: message.id, result })
    } catch (error) {
      life.tell({ type: 'error', id: message.id, error: errorToData(error) })
    }
  }

  function launch(): ReturnType<LaunchWorker> {
    launches++
    let messageListener: (message: WorkerMessage) => void = () => {}
    let exitListener: (code: number | null, signal: string | null) => void = () => {}
    const life: Life = {
      alive: true,
      stopped: new Set(),
      tell: (message) => life.alive && messageListener(structuredClone(message)),
    }
    crash = (signal) => {
      life.alive = false
      exitListener(null, signal)
    }
    void setImmediate().then(() => life.tell({ type: 'ready' }))
    return {
      postMessage(message) {
        const arrived = structuredClone(message)
        if (arrived.type === 'stop') life.stopped.add(arrived.jobId)
        else void setImmediate().then(() => (life.alive ? answer(arrived, life) : undefined))
      },
      onMessage: (listener) => void (messageListener = listener),
      onExit: (listener) => void (exitListener = listener),
      kill: () => void (life.alive = false),
    }
  }

  return {
    launch,
    launches: () => launches,
    received,
    answers,
    holdAt: (jobId, at) => new Promise((reached) => holds.set(jobId, { step: at, reached, released: false })),
    release: (jobId) => void (holds.get(jobId)!.released = true),
    crash: (signal = 'SIGKILL') => crash(signal),
  }
}
