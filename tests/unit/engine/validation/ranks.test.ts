import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { averageRanks } from '../../../../src-main/engine/validation/ranks.ts'

/** As defined: one plus how many are smaller, plus half of the others that are equal. */
function ranksByCounting(x: Float32Array): Float64Array {
  return Float64Array.from(x, (a) => {
    const smaller = x.reduce((n, b) => n + (b < a ? 1 : 0), 0)
    const equal = x.reduce((n, b) => n + (b === a ? 1 : 0), 0)
    return 1 + smaller + (equal - 1) / 2
  })
}

describe('averageRanks', () => {
  it('ranks from one up and lets ties share their mean rank', () => {
    expect(averageRanks(Float32Array.of(10, -1, 10, 3))).toEqual(Float64Array.of(3.5, 1, 3.5, 2))
  })

  it('takes -0 and 0 for equal, and orders infinities and subnormal numbers', () => {
    const x = Float32Array.of(-0, 0, -Infinity, Infinity, 1e-45, -1e-45)
    expect(averageRanks(x)).toEqual(Float64Array.of(3.5, 3.5, 1, 6, 5, 2))
  })

  it('agrees with counting on rectified noise, half of it zeros', () => {
    const random = createRandom(1)
    const x = Float32Array.from({ length: 500 }, () => Math.max(0, random.normal() * 10 ** random.integer(9)))
    expect(averageRanks(x)).toEqual(ranksByCounting(x))
  })

  it('gives NaN throughout when one value is NaN, and nothing for nothing', () => {
    expect(averageRanks(Float32Array.of(1, NaN))).toEqual(Float64Array.of(NaN, NaN))
    expect(averageRanks(new Float32Array(0))).toEqual(new Float64Array(0))
  })

  it('leaves its input as it was', () => {
    const x = Float32Array.of(3, -0, 1)
    averageRanks(x)
    expect(x).toEqual(Float32Array.of(3, -0, 1))
  })

  it('ranks a layer of 1.2 million units within three seconds, on a busy machine', () => {
    const random = createRandom(2)
    const x = Float32Array.from({ length: 1_200_000 }, () => Math.max(0, random.normal()))
    const start = performance.now()
    const ranks = averageRanks(x)
    expect(performance.now() - start).toBeLessThan(3000)
    expect(ranks.reduce((a, b) => a + b, 0)).toBe((1_200_000 * 1_200_001) / 2)
  })
})
