import { UsageError } from '../domain/errors.ts'
import type { JudgementJob, JudgementPlan } from '../domain/recognition.ts'
import type { JobTools } from './job.ts'
import { runJudgement } from './kinds/judgement.ts'
import { planJudgement } from './planJudgement.ts'
import type { SerialQueue } from './serialQueue.ts'

/** Naming metamers by other networks, in the queue with all else. */
export interface JudgementJobs {
  /** Queue it. @returns the job's id @throws ProtocolError, ModelFileError, UsageError */
  start(plan: JudgementPlan): Promise<number>
  /** What was named so far stays. @throws UsageError when there is no such job, or it is over */
  cancel(jobId: number): void
  /** All of this session, oldest first. */
  list(): JudgementJob[]
}

/** Numbered apart from runs and other jobs. */
const firstJobId = 3_000_000_001

export function createJudgementJobs(queue: SerialQueue, tools: JobTools): JudgementJobs {
  const jobs: JudgementJob[] = []

  function tell(job: JudgementJob, change: Partial<JudgementJob>): void {
    tools.onJudgementProgress({ ...Object.assign(job, change) })
  }

  return {
    async start(plan) {
      const judges = planJudgement(plan, await tools.networks(), tools.project.runs.list())
      const jobId = firstJobId + jobs.length
      const job: JudgementJob = { jobId, judges: judges.map(({ network }) => network.name), state: 'waiting', done: 0, total: 0, error: null }
      jobs.push(job)
      queue.add({ id: jobId, work: ({ signal }) => runJudgement(judges, tools, signal, (change) => tell(job, change)) })
      return jobId
    },
    cancel(jobId) {
      const job = jobs.find((candidate) => candidate.jobId === jobId)
      if (!job) throw new UsageError(`There is no judgement ${jobId} in this session; nothing was cancelled.`)
      const found = queue.stop(jobId, 'cancelled')
      if (!found) throw new UsageError(`Judgement ${jobId} is ${job.state}; there is nothing to cancel.`)
      if (found === 'waiting') tell(job, { state: 'cancelled' })
    },
    list: () => jobs.map((job) => ({ ...job })),
  }
}
