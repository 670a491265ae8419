import { describe, expect, it } from 'vitest'
import { correlationRange, histogram } from '../../../../../src-renderer/charts/prepare/bins.ts'

describe('histogram', () => {
  it('counts each value once, the upper edge in the last bin', () => {
    expect(histogram([0, 0.1, 0.5, 0.99, 1], 0, 1, 2)).toEqual({ edges: [0, 0.5, 1], counts: [2, 3] })
  })

  it('leaves out NaN and values outside the range', () => {
    expect(histogram([NaN, -0.1, 1.1, 0.2], 0, 1, 1).counts).toEqual([1])
  })

  it('refuses an empty range and says which', () => {
    expect(() => histogram([1], 1, 1, 4)).toThrow('[1, 1]')
  })
})

describe('correlationRange', () => {
  it('holds all values and marks in steps of a tenth', () => {
    expect(correlationRange([-0.12, 0.31], [0.52])).toEqual([-0.2, 0.6])
  })

  it('stays within the range of correlations', () => {
    expect(correlationRange([-1, 0.99], [1])).toEqual([-1, 1])
  })

  it('ignores NaN and is never empty', () => {
    const [from, to] = correlationRange([NaN], [])
    expect(to).toBeGreaterThan(from)
  })
})
