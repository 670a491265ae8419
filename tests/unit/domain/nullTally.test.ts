import { describe, expect, it } from 'vitest'
import { extremesKept, mergeTallies, nullQuantiles, tallyNull } from '../../../src-main/domain/nullTally.ts'
import { createRandom } from '../../../src-main/engine/support/random.ts'

const random = createRandom(1)
const values = Float32Array.from({ length: 20_000 }, () => Math.max(-1, Math.min(1, random.normal() / 4)))

describe('tallyNull', () => {
  it('tells the number of pairs, their maximum, mean and deviation', () => {
    // mean 0.25, squared deviations 0.25 each
    expect(tallyNull([0.75, -0.25])).toMatchObject({ pairs: 2, maximum: 0.75, mean: 0.25, deviation: 0.5, undefinedPairs: 0 })
    expect(tallyNull([-0.5, -0.25]).maximum).toBe(-0.25)
  })

  it('counts undefined pairs, and takes them as 0', () => {
    const tally = tallyNull([NaN, 0.5])
    expect(tally).toMatchObject({ pairs: 2, mean: 0.25, undefinedPairs: 1 })
    expect(tally.histogram.lowest).toEqual(Float32Array.of(0, 0.5))
  })

  it('puts every value into a bin, -1 and 1 too', () => {
    const { counts } = tallyNull([-1, 1, 1]).histogram
    expect([counts[0], counts.at(-1)]).toEqual([1, 2])
    expect(tallyNull(values).histogram.counts.reduce((a, b) => a + b, 0)).toBe(20_000)
  })

  it('keeps the extremes in order, and takes rounding past one back', () => {
    const { lowest, highest } = tallyNull(values).histogram
    const sorted = values.toSorted()
    expect(lowest).toEqual(sorted.slice(0, extremesKept))
    expect(highest).toEqual(sorted.slice(-extremesKept))
    expect(tallyNull([1.000001]).maximum).toBe(1)
  })
})

describe('mergeTallies', () => {
  it('is as if all values had come at once', () => {
    const merged = mergeTallies(tallyNull(values.subarray(0, 700)), tallyNull(values.subarray(700)))
    const whole = tallyNull(values)
    expect(merged.histogram).toEqual(whole.histogram)
    expect(merged.mean).toBeCloseTo(whole.mean, 12)
    expect(merged.deviation).toBeCloseTo(whole.deviation, 12)
    expect([merged.pairs, merged.maximum]).toEqual([whole.pairs, whole.maximum])
  })
})

describe('nullQuantiles', () => {
  it('is exact where the extremes reach, and at most a bin too high elsewhere', () => {
    const sorted = values.toSorted()
    for (const { probability, rho } of nullQuantiles(tallyNull(values))) {
      const exact = sorted[Math.ceil(probability * 20_000) - 1]!
      expect(rho - exact).toBeGreaterThanOrEqual(0)
      expect(rho - exact).toBeLessThanOrEqual(Math.min(probability, 1 - probability) * 20_000 < extremesKept ? 0 : 1 / 4096)
    }
  })

  it('tells only what so many values can: up to 1 - 1e-6 for a million', () => {
    expect(nullQuantiles(tallyNull(values)).at(-1)!.probability).toBe(0.9999)
    expect(nullQuantiles(tallyNull(new Float32Array(1_000_000))).at(-1)!.probability).toBe(0.999999)
  })
})
