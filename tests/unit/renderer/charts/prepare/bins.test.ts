import { describe, expect, it } from 'vitest'
import { correlationRange, gatherBins } from '../../../../../src-renderer/charts/prepare/bins.ts'

describe('gatherBins', () => {
  it('counts each narrow bin where its middle lies, and none outside the range', () => {
    // eight bins of 0.25 from -1; those of [0, 0.5) and [0.5, 1) go together
    expect(gatherBins([9, 0, 0, 0, 1, 2, 3, 4], 0, 1, 2)).toEqual({ edges: [0, 0.5, 1], counts: [3, 7] })
  })

  it('refuses an empty range and says which', () => {
    expect(() => gatherBins([1], 1, 1, 4)).toThrow('[1, 1]')
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
