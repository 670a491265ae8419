/** The long requests that run now, so that a 'stop' finds the one it means. */
export interface RunningJobs {
  /** Run a long piece of work under a job's number; `stopped()` turns true once a stop for it has arrived. */
  during<T>(jobId: number, work: (stopped: () => boolean) => Promise<T>): Promise<T>
  /** Without effect when that job does not run: a stop that comes late must not hit the job's next life. */
  stop(jobId: number): void
}

export function createRunningJobs(): RunningJobs {
  const running = new Map<number, { stopped: boolean }>()
  return {
    async during(jobId, work) {
      const job = { stopped: false }
      running.set(jobId, job)
      try {
        return await work(() => job.stopped)
      } finally {
        if (running.get(jobId) === job) running.delete(jobId)
      }
    },
    stop(jobId) {
      const job = running.get(jobId)
      if (job) job.stopped = true
    },
  }
}
