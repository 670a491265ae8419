import { UsageError } from '../domain/errors.ts'
import type { RunSet } from '../domain/figure.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { NullPlan } from '../domain/nullDistribution.ts'
import { removedWith } from '../domain/removal.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { NullJob, RetryPlan, RunPlan } from '../domain/run.ts'
import type { JobTools, Stopper } from './job.ts'
import { createJudgementJobs, type JudgementJobs } from './judgementJobs.ts'
import { runNullDistribution } from './kinds/nullDistribution.ts'
import { runSynthesis } from './kinds/synthesis.ts'
import { planInversion } from './planInversion.ts'
import { planJobs, requireWeights, withoutMade } from './planJobs.ts'
import { planOtherGradient } from './planOtherGradient.ts'
import { planRetries } from './planRetries.ts'
import { removeNull } from './removeNull.ts'
import { createSerialQueue, type Admit } from './serialQueue.ts'
import { createTrainingQueue, type TrainingQueue } from './trainingQueue.ts'
import { groupOf } from './workTogether.ts'

/**
 * One thing is computed at a time, in the order in which it was asked for; runs of one group that follow each other are made together,
 * each with its own progress, pause and end. A failed or interrupted job does not hold up the next. After opening a project the queue is empty: what was left over waits to be resumed.
 */
export interface JobQueue {
  /** Record a plan's runs and queue them. @returns their ids @throws ProtocolError, ModelFileError, ProjectError */
  plan(plan: RunPlan): Promise<number[]>
  /** Try failed metamers again. @returns the new runs' ids @throws UsageError, ProtocolError, ModelFileError, ProjectError */
  retry(plan: RetryPlan): Promise<number[]>
  /** Make a set's runs with the other ReLU gradient, too, where they are missing. @returns the new runs' ids @throws UsageError */
  planOtherGradient(set: RunSet): Promise<number[]>
  /** Make the cochleagram of a run audible. @returns the new run's id @throws UsageError, ModelFileError, ProjectError */
  invert(runId: number): Promise<number>
  /** Stop a run for good, waiting or at work; its checkpoint is kept. @throws UsageError when it is over */
  cancel(runId: number): void
  /** Stop a run to go on later. @throws UsageError when it is neither waiting nor at work */
  pause(runId: number): void
  /** Put a stopped run at the end of the queue. @throws UsageError when it is finished */
  resume(runId: number): void
  /** Drop runs for good, with the sounds that make their cochleagrams audible. @returns all that went @throws UsageError when one is waiting or at work, or judges are at work */
  remove(runIds: readonly number[]): number[]
  /** More runs may be made at once than before: begin them. */
  fill(): void
  /** Queue null distributions for every layer of a network. @returns the job's id */
  startNull(plan: NullPlan): Promise<number>
  /** @throws UsageError when there is no such job, or it is over */
  cancelNull(jobId: number): void
  /** Drop a stored null distribution at all its layers, and decide its runs again. @throws UsageError when there is none, or one of its network is being made */
  removeNull(id: number): Promise<void>
  /** Forget null distributions of this session that are over: how they ended has been read. @throws UsageError when one is not over, or not there */
  dismissNulls(jobIds: readonly number[]): void
  /** All of this session but those dismissed, oldest first. */
  nullJobs(): NullJob[]
  readonly trainings: TrainingQueue
  readonly judgements: JudgementJobs
  /** Resolves when nothing waits and nothing is at work. */
  idle(): Promise<void>
  /** Take no more, pause what is at work, and wait for its checkpoint. */
  close(): Promise<void>
}

/** Null jobs are numbered apart from runs, so that a stop that comes late cannot hit the wrong one. */
const firstNullJobId = 1_000_000_001

export function createJobQueue(tools: JobTools): JobQueue {
  const { runs, references } = tools.project
  const queue = createSerialQueue(tools.onProblem)
  let nullJobs: NullJob[] = []
  let nextNullJobId = firstNullJobId
  const judgements = createJudgementJobs(queue, tools)

  function addRun(id: number): void {
    queue.add({ id, group: groupOf(runs.summary(id)), work: (stopper, admit) => workOn(id, stopper, admit) })
  }

  /** All or none. */
  function recordAndQueue(plans: Array<{ plan: RunPlan; retryOf?: number; inverts?: number }>, networks: NetworkSummary[]): number[] {
    const planned = plans.flatMap(({ plan, ...links }) => {
      const asked = planJobs(plan, networks, plan.referenceIds.map(references.summary))
      return (plan.onlyNew ? withoutMade(asked, runs.list()) : asked).map((run) => ({ ...run, ...links }))
    })
    const ids = runs.plan(planned, tools.now())
    ids.forEach(addRun)
    return ids
  }

  async function workOn(id: number, stopper: Stopper, admit: Admit): Promise<void> {
    // Resumed while it was still stopping, it may have come to its end after all.
    if (isFinished(id)) return
    await runSynthesis(id, tools, stopper, admit)
    if (queue.standing(id) === 'waiting' && !isFinished(id)) runs.mark(id, 'planned', null)
  }

  const isFinished = (id: number) => runs.summary(id).state === 'finished'

  function requireState(id: number, allowed: boolean, wish: string): void {
    if (!allowed) throw new UsageError(`Run ${id} is ${runs.summary(id).state}; there is nothing to ${wish}.`)
  }

  /** @throws UsageError that names what is to be stopped first */
  function requireAtRest(runIds: readonly number[]): void {
    const busy = runIds.filter((id) => queue.standing(id) !== null)
    if (busy.length > 0) throw new UsageError(`${busy.length === 1 ? `Run ${busy[0]} waits or is` : `Runs ${busy.join(', ')} wait or are`} at work; nothing was removed. Pause or cancel ${busy.length === 1 ? 'it' : 'them'} first.`)
    const judges = judgements.list().find(({ state }) => state === 'running')
    if (judges) throw new UsageError(`${judges.judges.join(', ')} ${judges.judges.length === 1 ? 'is' : 'are'} naming metamers; nothing was removed. Stop that, or wait for its end, before you remove runs.`)
  }

  function addNull({ network, pairs }: NullPlan): NullJob {
    const job: NullJob = { jobId: nextNullJobId++, network, pairs, state: 'running', done: 0, total: 0, phase: 'activations', message: null, error: null }
    nullJobs.push(job)
    return job
  }

  function requireNullJob(jobId: number, done: string): NullJob {
    const job = nullJobs.find((candidate) => candidate.jobId === jobId)
    if (job) return job
    throw new UsageError(`There is no null distribution ${jobId} in this session; nothing was ${done}.`)
  }

  function tellNull(job: NullJob, change: Partial<NullJob>): void {
    tools.onNullProgress({ ...Object.assign(job, change) })
  }

  return {
    plan: async (plan) => recordAndQueue([{ plan }], await tools.networks()),
    async retry(plan) {
      const networks = await tools.networks()
      return recordAndQueue(planRetries(plan, runs.list()), networks)
    },
    async planOtherGradient(set) {
      const networks = await tools.networks()
      return recordAndQueue(planOtherGradient(set, runs.list(), networks).map((plan) => ({ plan })), networks)
    },
    async invert(id) {
      const networks = await tools.networks()
      return recordAndQueue([{ plan: planInversion(id, runs.list(), networks), inverts: id }], networks)[0]!
    },
    cancel(id) {
      requireState(id, !['finished', 'cancelled'].includes(runs.summary(id).state), 'cancel')
      if (queue.stop(id, 'cancelled') !== 'at work') runs.mark(id, 'cancelled', null)
    },
    pause(id) {
      const found = queue.stop(id, 'paused')
      requireState(id, found !== null, 'pause')
      if (found === 'waiting') runs.mark(id, 'paused', null)
    },
    resume(id) {
      requireState(id, !isFinished(id), 'resume')
      const standing = queue.standing(id)
      if (standing === 'waiting' || standing === 'at work') return
      if (standing === null) runs.mark(id, 'planned', null)
      addRun(id)
    },
    remove(asked) {
      const gone = removedWith(asked, runs.list())
      requireAtRest(gone)
      runs.remove(gone)
      return gone
    },
    fill: queue.fill,
    async startNull(asked) {
      const network = requireNetwork(await tools.networks(), asked.network)
      requireWeights(network)
      const plan = { ...asked, network: network.name }
      const job = addNull(plan)
      const tell = (change: Partial<NullJob>) => tellNull(job, change)
      queue.add({ id: job.jobId, work: ({ signal }) => runNullDistribution(job.jobId, plan, tools, signal, tell) })
      return job.jobId
    },
    cancelNull(jobId) {
      const job = requireNullJob(jobId, 'cancelled')
      const found = queue.stop(jobId, 'cancelled')
      if (!found) throw new UsageError(`Null distribution ${jobId} is ${job.state}; there is nothing to cancel.`)
      if (found === 'waiting') tellNull(job, { state: 'cancelled' })
    },
    async removeNull(id) {
      const [of] = tools.project.nulls.without(id)
      const job = nullJobs.find(({ network, state }) => network === of!.network && state === 'running')
      if (job) throw new UsageError(`A null distribution of "${job.network}" is being made, which may add to this one. Cancel it, or wait for its end, before you remove one.`)
      await removeNull(id, tools)
    },
    dismissNulls(jobIds) {
      const going = jobIds.find((jobId) => requireNullJob(jobId, 'dismissed').state === 'running')
      if (going !== undefined) throw new UsageError(`Null distribution ${going} waits or is at work; nothing was dismissed. Cancel it first.`)
      nullJobs = nullJobs.filter(({ jobId }) => !jobIds.includes(jobId))
    },
    nullJobs: () => nullJobs.map((job) => ({ ...job })),
    trainings: createTrainingQueue(tools, queue),
    judgements,
    idle: queue.idle,
    close: queue.close,
  }
}
