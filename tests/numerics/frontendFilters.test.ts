import { describe, expect, it } from 'vitest'
import { antiAliasFilter } from '../../src-main/engine/frontends/antiAliasFilter.ts'
import { erbFilterbank, type Filterbank } from '../../src-main/engine/frontends/erbFilterbank.ts'
import { dataPath, maxAbsDifference, readFloat32, readJson } from '../helpers/data.ts'

// Golden values: the authors' filterbank code (pycochleagram) and the arithmetic of tfcochleagram, float64 rounded to float32.
const golden = (name: string) => readFloat32(dataPath(`golden/${name}.f32`)!)
const bank = (samples: number, filters: number) =>
  erbFilterbank({ samples, sampleRateHz: 20000, filters, sampleFactor: 4, lowestHz: 20, highestHz: 8000 })

describe('erbFilterbank', () => {
  it('equals the published responses for 40,000 samples, run by run', () => {
    const { starts, lengths } = readJson<{ starts: number[]; lengths: number[] }>(dataPath('golden/filterbank_40000_values.json')!)
    const values = golden('filterbank_40000_values')
    const { rows, bins } = bank(40000, 50)
    expect(bins).toBe(20001)
    expect(rows.map((r) => r.start)).toEqual(starts)
    expect(rows.map((r) => r.values.length)).toEqual(lengths)
    expect(maxAbsDifference(rows.flatMap((r) => Array.from(r.values)), values)).toBeLessThan(1e-6)
  })

  it.each([['filterbank_2000_dense', 50], ['filterbank_2000_dense_N40', 40]])('equals %s', (name, filters) => {
    expect(maxAbsDifference(dense(bank(2000, filters)), golden(name))).toBeLessThan(1e-6)
  })

  it('equals the published centre frequencies', () => {
    const { frequenciesHz } = bank(40000, 50)
    const expected = golden('center_freqs')
    expect(frequenciesHz.length).toBe(expected.length)
    expect(Math.max(...Array.from(expected, (f, i) => Math.abs(frequenciesHz[i]! / f - 1)))).toBeLessThan(1e-6)
  })
})

describe('antiAliasFilter', () => {
  it('equals the published taps, half a sample off centre', () => {
    expect(maxAbsDifference(antiAliasFilter(1001, 100), golden('downsample_filter'))).toBeLessThan(1e-9)
  })
})

function dense({ rows, bins }: Filterbank): Float64Array {
  const values = new Float64Array(rows.length * bins)
  rows.forEach((row, r) => values.set(row.values, r * bins + row.start))
  return values
}
