import { setImmediate } from 'node:timers/promises'
import { UsageError } from '../domain/errors.ts'
import { createStopper, type StopReason, type Stopper } from './job.ts'

export interface Job {
  id: number
  /** Neighbours in the queue that are of one group may be at work beside each other. Absent: this one works alone. */
  group?: string
  /**
   * A rejection is told and does not hold up the next job.
   *
   * @param admit  tells who says how many of the group may be at work at once; until then it is one
   */
  work(stopper: Stopper, admit: Admit): Promise<void>
}

/** Given a function that is asked each time before one more is started. */
export type Admit = (atOnce: () => number) => void

/** Jobs one after the other, or group by group, in the order in which they were added. It remembers nothing of what is over. */
export interface SerialQueue {
  /** @throws UsageError once the queue is closed */
  add(job: Job): void
  /** Take a job out, or tell it to stop; a waiting job that is stopped never starts. @returns where it was found */
  stop(id: number, reason: StopReason): 'waiting' | 'at work' | null
  /** A job that was added again while it was still stopping is waiting. */
  standing(id: number): 'waiting' | 'at work' | 'stopping' | null
  /** There may be more places than before: start what has one now. */
  fill(): void
  /** Resolves when nothing waits and nothing is at work. */
  idle(): Promise<void>
  /** Forget what waits, stop what is at work as 'paused', and wait for it. */
  close(): Promise<void>
}

interface Working {
  id: number
  group: string | undefined
  stopper: Stopper
  done: Promise<void>
}

const onePlace = (): number => 1

export function createSerialQueue(onProblem: (error: unknown) => void): SerialQueue {
  const waiting: Job[] = []
  const idleListeners: Array<() => void> = []
  const atWork = new Set<Working>()
  /** Of the group at work. */
  let places = onePlace
  let closed = false

  function fill(): void {
    while (waiting[0] && hasPlaceFor(waiting[0])) start(waiting.shift()!)
    if (atWork.size === 0) idleListeners.splice(0).forEach((listener) => listener())
  }

  /** One that was added again while it is still stopping waits for its own end. */
  function hasPlaceFor({ id, group }: Job): boolean {
    if (atWork.size === 0) return true
    return group !== undefined && atWork.size < places() && [...atWork].every((other) => other.group === group && other.id !== id)
  }

  function start({ id, group, work }: Job): void {
    if (atWork.size === 0) places = onePlace
    const stopper = createStopper()
    // A turn later, so that whoever adds a job knows of it before anything is told.
    const done = setImmediate()
      .then(() => work(stopper, admit))
      .catch(onProblem)
      .then(() => {
        atWork.delete(working)
        fill()
      })
    const working: Working = { id, group, stopper, done }
    atWork.add(working)
  }

  function admit(atOnce: () => number): void {
    places = atOnce
    fill()
  }

  function takeOut(id: number): boolean {
    const place = waiting.findIndex((job) => job.id === id)
    if (place >= 0) waiting.splice(place, 1)
    return place >= 0
  }

  const working = (id: number): Working | undefined => [...atWork].find((job) => job.id === id)

  return {
    add(job) {
      if (closed) throw new UsageError('The project is being closed; nothing more is started. Open it again to go on.')
      waiting.push(job)
      fill()
    },
    stop(id, reason) {
      const waited = takeOut(id)
      const found = working(id)
      // What stood before the next one of the group may be gone.
      if (waited) fill()
      if (!found) return waited ? 'waiting' : null
      found.stopper.stop(reason)
      return 'at work'
    },
    standing(id) {
      if (waiting.some((job) => job.id === id)) return 'waiting'
      const found = working(id)
      if (!found) return null
      return found.stopper.reason ? 'stopping' : 'at work'
    },
    fill,
    idle: () => (atWork.size > 0 ? new Promise((resolve) => idleListeners.push(resolve)) : Promise.resolve()),
    async close() {
      closed = true
      waiting.length = 0
      atWork.forEach(({ stopper }) => stopper.stop('paused'))
      await Promise.all([...atWork].map(({ done }) => done))
    },
  }
}
