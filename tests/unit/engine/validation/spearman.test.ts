import { describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { pearson, spearmanRho } from '../../../../src-main/engine/validation/spearman.ts'

const f = (...values: number[]): Float32Array => Float32Array.from(values)

describe('spearmanRho', () => {
  it('is 1 for any rising relation and -1 for any falling one', () => {
    expect(spearmanRho(f(1, 10, 100, 1000), f(-3, -2, 0, 7))).toBe(1)
    expect(spearmanRho(f(1, 10, 100), f(3, 2, 1))).toBe(-1)
  })

  it('gives ties their mean rank', () => {
    // ranks 1.5, 1.5, 3 and 1, 2, 3: r = 1.5 / sqrt(1.5 x 2)
    expect(spearmanRho(f(0, 0, 5), f(1, 2, 3))).toBeCloseTo(1.5 / Math.sqrt(3), 12)
  })

  it('is NaN when either side is constant or holds a NaN', () => {
    expect(spearmanRho(f(0.1, 0.1, 0.1), f(1, 2, 3))).toBeNaN()
    expect(spearmanRho(f(1, 2, 3), f(0, 0, 0))).toBeNaN()
    expect(spearmanRho(f(1, NaN, 3), f(1, 2, 3))).toBeNaN()
  })

  it('refuses vectors of different lengths, or of fewer than two values', () => {
    expect(() => spearmanRho(f(1, 2), f(1, 2, 3))).toThrow(ShapeError)
    expect(() => spearmanRho(f(1), f(1))).toThrow(
      'Two activation vectors of lengths 1 and 1 cannot be correlated: both need the same length, 2 or more. Take them from the same layer of the same network.',
    )
  })
})

describe('pearson', () => {
  it('correlates linearly', () => {
    // deviations -1, 0, 1 and -1, -1, 2: r = 3 / sqrt(2 x 6)
    expect(pearson(f(1, 2, 3), f(0, 0, 3))).toBeCloseTo(3 / Math.sqrt(12), 12)
  })

  it('takes equal floats for constant although their mean is rounded', () => {
    expect(pearson(new Float32Array(1000).fill(0.1), Float32Array.from({ length: 1000 }, (_, i) => i))).toBeNaN()
  })

  it('never leaves [-1, 1], nor loses very large or very small activations', () => {
    const x = Float32Array.from({ length: 99 }, (_, i) => Math.sin(i))
    for (const scale of [1e-30, 1, 1e30]) {
      const r = pearson(x, x.map((v) => v * scale))
      expect(r).toBeLessThanOrEqual(1)
      expect(r).toBeCloseTo(1, 6)
    }
  })
})
