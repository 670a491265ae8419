import type { NullJob } from '../domain/run.ts'
import { deferred } from './deferred.ts'
import type { Lab } from './lab.ts'
import { createProgressBar } from './progressBar.ts'

/** Wait until a null distribution is over, showing how it goes. @returns its end, or 'interrupted' after Ctrl-C */
export async function followNull({ client, io }: Lab, jobId: number): Promise<NullJob | 'interrupted'> {
  const bar = createProgressBar(io)
  const startMs = io.now()
  const end = deferred<NullJob | 'interrupted'>()
  const look = (job: NullJob): void => {
    if (job.jobId !== jobId) return
    if (job.state !== 'running') return end.resolve(job)
    const speed = job.done / Math.max((io.now() - startMs) / 1000, 0.001)
    bar.show({ label: 'null', done: job.done, total: job.total, speed, unit: job.phase === 'pairs' ? 'steps' : 'stimuli', remainingS: (job.total - job.done) / speed, note: '' })
  }
  const stopListening = client.on('nullProgress', look)
  const interrupt = (): void => end.resolve('interrupted')
  io.interrupted.addEventListener('abort', interrupt)
  if (io.interrupted.aborted) interrupt()
  try {
    // It may be over already.
    ;(await client.call('nulls.list', {})).jobs.forEach(look)
    return await end.promise
  } finally {
    bar.clear()
    stopListening()
    io.interrupted.removeEventListener('abort', interrupt)
  }
}
