import { describe, expect, it } from 'vitest'
import { createRunningJobs } from '../../../src-main/worker/runningJobs.ts'

describe('runningJobs', () => {
  it('tells the job that a stop is for, and no other', async () => {
    const jobs = createRunningJobs()
    const seen = await Promise.all([1, 2].map((id) => jobs.during(id, async (stopped) => {
      if (id === 2) jobs.stop(1)
      await Promise.resolve()
      return stopped()
    })))
    expect(seen).toEqual([true, false])
  })

  it('does not let a late stop hit the next life of a job', async () => {
    const jobs = createRunningJobs()
    await jobs.during(1, async () => undefined)
    jobs.stop(1)
    expect(await jobs.during(1, async (stopped) => stopped())).toBe(false)
  })

  it('forgets a job that failed', async () => {
    const jobs = createRunningJobs()
    await expect(jobs.during(1, async () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    jobs.stop(1)
    expect(await jobs.during(1, async (stopped) => stopped())).toBe(false)
  })
})
