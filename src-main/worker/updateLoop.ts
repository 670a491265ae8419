import { setImmediate } from 'node:timers/promises'
import type { Checkpoint } from '../domain/run.ts'
import type { Synthesis } from '../engine/synthesis/synthesiseMetamer.ts'

export interface UpdateLoop {
  synthesis: Pick<Synthesis, 'update' | 'checkpoint'>
  /** Make one update. @returns its loss @throws NumericalError when that is not finite */
  step(): Promise<number>
  /** Updates of the whole run. */
  updates: number
  /** Seconds that earlier parts of the run took. */
  secondsBefore: number
  checkpointEveryS: number
  /** Milliseconds on a clock that only goes forward. */
  now(): number
  stopped(): boolean
  afterStep(update: number, loss: number): void
  keep(checkpoint: Checkpoint): void
}

/** Updates get at least this many times the time that keeping takes: a large state on a busy machine must not leave time for nothing else. */
const updatesPerKeeping = 20

/**
 * Make updates until all are made or a stop arrives. A checkpoint is kept every so often and at the end, whatever ends it.
 *
 * @returns the state after the last update, or null when it was stopped before
 * @throws NumericalError at the first loss that is not finite; the checkpoint kept last holds the signal before it
 */
export async function runUpdates(loop: UpdateLoop): Promise<Checkpoint | null> {
  const { synthesis, updates, now } = loop
  const startMs = now()
  let dueMs = startMs + loop.checkpointEveryS * 1000
  const keep = (): Checkpoint => {
    const beginMs = now()
    const checkpoint = { ...synthesis.checkpoint(), seconds: loop.secondsBefore + (beginMs - startMs) / 1000 }
    loop.keep(checkpoint)
    const tookMs = now() - beginMs
    dueMs = beginMs + Math.max(loop.checkpointEveryS * 1000, updatesPerKeeping * tookMs)
    return checkpoint
  }
  try {
    while (synthesis.update < updates) {
      // Lets a stop and other requests in: TensorFlow itself blocks.
      await setImmediate()
      if (loop.stopped()) break
      const loss = await loop.step()
      loop.afterStep(synthesis.update, loss)
      if (now() >= dueMs) keep()
    }
  } catch (error) {
    keep()
    throw error
  }
  const last = keep()
  return last.update < updates ? null : last
}
