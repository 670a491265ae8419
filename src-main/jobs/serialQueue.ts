import { setImmediate } from 'node:timers/promises'
import { UsageError } from '../domain/errors.ts'
import { createStopper, type StopReason, type Stopper } from './job.ts'

export interface Job {
  id: number
  /** A rejection is told and does not hold up the next job. */
  work(stopper: Stopper): Promise<void>
}

/** Jobs one after the other, in the order in which they were added. It remembers nothing of what is over. */
export interface SerialQueue {
  /** @throws UsageError once the queue is closed */
  add(job: Job): void
  /** Take a job out, or tell it to stop; a waiting job that is stopped never starts. @returns where it was found */
  stop(id: number, reason: StopReason): 'waiting' | 'at work' | null
  /** A job that was added again while it was still stopping is waiting. */
  standing(id: number): 'waiting' | 'at work' | 'stopping' | null
  /** Resolves when nothing waits and nothing is at work. */
  idle(): Promise<void>
  /** Forget what waits, stop what is at work as 'paused', and wait for it. */
  close(): Promise<void>
}

export function createSerialQueue(onProblem: (error: unknown) => void): SerialQueue {
  const waiting: Job[] = []
  const idleListeners: Array<() => void> = []
  let current: { id: number; stopper: Stopper; done: Promise<void> } | null = null
  let closed = false

  function next(): void {
    const job = waiting.shift()
    current = job ? start(job) : null
    if (!job) idleListeners.splice(0).forEach((listener) => listener())
  }

  function start(job: Job): NonNullable<typeof current> {
    const stopper = createStopper()
    // A turn later, so that whoever adds a job knows of it before anything is told.
    const done = setImmediate()
      .then(() => job.work(stopper))
      .catch(onProblem)
      .then(next)
    return { id: job.id, stopper, done }
  }

  function takeOut(id: number): boolean {
    const place = waiting.findIndex((job) => job.id === id)
    if (place >= 0) waiting.splice(place, 1)
    return place >= 0
  }

  return {
    add(job) {
      if (closed) throw new UsageError('The project is being closed; nothing more is started. Open it again to go on.')
      waiting.push(job)
      if (!current) next()
    },
    stop(id, reason) {
      const waited = takeOut(id)
      if (current?.id !== id) return waited ? 'waiting' : null
      current.stopper.stop(reason)
      return 'at work'
    },
    standing(id) {
      if (waiting.some((job) => job.id === id)) return 'waiting'
      if (current?.id !== id) return null
      return current.stopper.reason ? 'stopping' : 'at work'
    },
    idle: () => (current ? new Promise((resolve) => idleListeners.push(resolve)) : Promise.resolve()),
    async close() {
      closed = true
      waiting.length = 0
      current?.stopper.stop('paused')
      await current?.done
    },
  }
}
