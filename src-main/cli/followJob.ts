import { deferred } from './deferred.ts'
import type { Lab } from './lab.ts'
import { createProgressBar } from './progressBar.ts'

export interface FollowedJob {
  jobId: number
  state: string
  done: number
  total: number
}

export interface JobToFollow<J extends FollowedJob> {
  jobId: number
  /** What the bar says. */
  label: string
  /** What is counted, which may change on the way. */
  unit(job: J): string
  /** Call back with each report. @returns a function that ends the subscription */
  listen(look: (job: J) => void): () => void
  /** All jobs as they stand now: it may be over already. */
  jobs(): Promise<J[]>
}

/** Wait until a job is over, showing how it goes. @returns its end, or 'interrupted' after Ctrl-C */
export async function followJob<J extends FollowedJob>({ io }: Pick<Lab, 'io'>, { jobId, label, unit, listen, jobs }: JobToFollow<J>): Promise<J | 'interrupted'> {
  const bar = createProgressBar(io)
  const startMs = io.now()
  const end = deferred<J | 'interrupted'>()
  const look = (job: J): void => {
    if (job.jobId !== jobId) return
    if (job.state !== 'running' && job.state !== 'waiting') return end.resolve(job)
    const speed = job.done / Math.max((io.now() - startMs) / 1000, 0.001)
    bar.show({ label, done: job.done, total: job.total, speed, unit: unit(job), remainingS: (job.total - job.done) / speed, note: '' })
  }
  const stopListening = listen(look)
  const interrupt = (): void => end.resolve('interrupted')
  io.interrupted.addEventListener('abort', interrupt)
  if (io.interrupted.aborted) interrupt()
  try {
    ;(await jobs()).forEach(look)
    return await end.promise
  } finally {
    bar.clear()
    stopListening()
    io.interrupted.removeEventListener('abort', interrupt)
  }
}
