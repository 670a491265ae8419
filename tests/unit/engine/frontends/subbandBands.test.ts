import { describe, expect, it } from 'vitest'
import { bandsAtReducedRate, groupsAtReducedRate, isSmooth, wholeBank } from '../../../../src-main/engine/frontends/subbandBands.ts'
import { designSubbands } from '../../../../src-main/engine/frontends/subbandEnvelopes.ts'

const design = designSubbands({
  samples: 40_000, sampleRateHz: 20_000, envelopeRateHz: 200, taps: 1001, filters: 50, sampleFactor: 4, lowestHz: 20, highestHz: 8000,
})

describe('subband bands', () => {
  it('at the full rate are one band of every row', () => {
    expect(wholeBank(design)).toEqual([{ rows: design.filterbank.rows, length: 40_000 }])
  })

  it('at reduced rates hold every row once, in order', () => {
    expect(bandsAtReducedRate(design).flatMap((band) => band.rows)).toEqual(design.filterbank.rows)
  })

  it('give each row eight values per bin and twenty per envelope value, or the full rate', () => {
    for (const { rows, length } of bandsAtReducedRate(design)) {
      expect(length % design.columns).toBe(0)
      expect(length).toBeGreaterThanOrEqual(20 * design.columns)
      for (const row of rows) expect(length === 40_000 || length >= 8 * row.values.length).toBe(true)
    }
  })

  it('are few, and hold two fifths of the values', () => {
    const bands = bandsAtReducedRate(design)
    expect(bands.length).toBeLessThanOrEqual(3)
    expect(bands.reduce((sum, { rows, length }) => sum + rows.length * length, 0)).toBeLessThan((211 * 40_000) / 2.5)
  })

  it('are groups of eight rows for the kernels, each at the rate of its widest row', () => {
    const groups = groupsAtReducedRate(design, 8)
    expect(groups.flatMap((group) => group.rows)).toEqual(design.filterbank.rows)
    expect(groups.map((group) => group.rows.length)).toEqual([...Array.from({ length: 26 }, () => 8), 3])
    for (const { rows, length } of groups) {
      expect(length % design.columns === 0 && isSmooth(length)).toBe(true)
      for (const row of rows) expect(length === 40_000 || length >= 12 * row.values.length).toBe(true)
    }
  })
})
