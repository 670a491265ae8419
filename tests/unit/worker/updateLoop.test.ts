import { describe, expect, it } from 'vitest'
import { NumericalError } from '../../../src-main/domain/errors.ts'
import type { Checkpoint } from '../../../src-main/domain/run.ts'
import { runUpdates, type UpdateLoop } from '../../../src-main/worker/updateLoop.ts'

/** A synthesis whose every step takes one second of a clock that the test owns. */
function setUp(changes: Partial<UpdateLoop> & { failAt?: number; stopAt?: number; keepingMs?: number } = {}) {
  let nowMs = 0
  let update = changes.synthesis?.update ?? 0
  const kept: Checkpoint[] = []
  const steps: Array<[number, number]> = []
  const loop: UpdateLoop = {
    synthesis: {
      get update() {
        return update
      },
      checkpoint: () => ({ update, signal: new Float32Array(1), m: new Float32Array(1), v: new Float32Array(1), losses: new Float32Array(update) }),
    },
    async step() {
      if (update === changes.failAt) throw new NumericalError('The loss is not finite.')
      nowMs += 1000
      return 100 - update++
    },
    updates: 5,
    secondsBefore: 10,
    checkpointEveryS: 1000,
    now: () => nowMs,
    stopped: () => update === changes.stopAt,
    afterStep: (made, loss) => void steps.push([made, loss]),
    keep(checkpoint) {
      nowMs += changes.keepingMs ?? 0
      kept.push(checkpoint)
    },
    ...changes,
  }
  return { loop, kept, steps }
}

describe('runUpdates', () => {
  it('makes every update, tells each loss, and keeps the end with the seconds of all parts', async () => {
    const { loop, kept, steps } = setUp()
    const last = await runUpdates(loop)
    expect(steps).toEqual([[1, 100], [2, 99], [3, 98], [4, 97], [5, 96]])
    expect(last).toMatchObject({ update: 5, seconds: 15 })
    expect(kept).toEqual([last])
  })

  it('keeps a checkpoint at least as often as asked', async () => {
    const { loop, kept } = setUp({ checkpointEveryS: 2 })
    await runUpdates(loop)
    expect(kept.map((c) => c.update)).toEqual([2, 4, 5])
  })

  it('lets updates take twenty times as long as keeping, however often it is asked to keep', async () => {
    const { loop, kept } = setUp({ checkpointEveryS: 1, keepingMs: 300, updates: 12 })
    await runUpdates(loop)
    // Keeping takes 0.3 s, so it is due again 6 s after it began: 5.7 updates later.
    expect(kept.map((c) => c.update)).toEqual([1, 7, 12])
  })

  it('ends with null after a stop, the state kept', async () => {
    const { loop, kept } = setUp({ stopAt: 3 })
    expect(await runUpdates(loop)).toBeNull()
    expect(kept.map((c) => c.update)).toEqual([3])
  })

  it('keeps the signal before a loss that is not finite, then fails', async () => {
    const { loop, kept } = setUp({ failAt: 2 })
    await expect(runUpdates(loop)).rejects.toBeInstanceOf(NumericalError)
    expect(kept.map((c) => c.update)).toEqual([2])
  })

  it('goes straight to the end when all updates were made before', async () => {
    const { loop, steps } = setUp({ updates: 0 })
    expect(await runUpdates(loop)).toMatchObject({ update: 0, seconds: 10 })
    expect(steps).toEqual([])
  })
})
