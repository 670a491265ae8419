import { describe, expect, it } from 'vitest'
import type { SynthesisProgress } from '../../../src-main/domain/run.ts'
import { createProgressReporter } from '../../../src-main/worker/progressReporter.ts'

describe('progressReporter', () => {
  function setUp(stepMs: number, updates: number) {
    const told: SynthesisProgress[] = []
    let nowMs = 0
    const report = createProgressReporter({
      runId: 3,
      updates,
      startUpdate: 0,
      everyMs: 250,
      previewEveryMs: () => 1000,
      now: () => nowMs,
      preview: () => ({ kind: 'image', height: 1, width: 1, rgb: new Uint8Array(3) }),
      tell: (progress) => void told.push(progress),
    })
    for (let update = 1; update <= updates; update++) {
      nowMs += stepMs
      report(update, 1 / update, 1)
    }
    return told
  }

  it('tells at most four times a second, and the last update always', () => {
    const told = setUp(10, 333)
    expect(told.length).toBe(14)
    expect(told.at(-1)!.update).toBe(333)
  })

  it('tells the speed and the time left', () => {
    const first = setUp(10, 1000)[0]!
    expect(first).toMatchObject({ runId: 3, update: 25, updates: 1000, loss: 1 / 25, firstLoss: 1 })
    expect(first.updatesPerSecond).toBeCloseTo(100)
    expect(first.remainingS).toBeCloseTo(9.75)
  })

  it('shows a preview first at once, then as seldom as asked', () => {
    const told = setUp(250, 9)
    expect(told.map((p) => p.preview !== null)).toEqual([true, false, false, false, true, false, false, false, true])
  })
})
