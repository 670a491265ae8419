import { describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { erbFilterbank, erbToHz, hzToErb } from '../../../../src-main/engine/frontends/erbFilterbank.ts'

const options = { samples: 4000, sampleRateHz: 20000, filters: 20, sampleFactor: 4, lowestHz: 20, highestHz: 8000 }

describe('erbFilterbank', () => {
  it('refuses an odd length and says what to do', () => {
    expect(() => erbFilterbank({ ...options, samples: 3999 })).toThrow(ShapeError)
    expect(() => erbFilterbank({ ...options, samples: 3999 })).toThrow(
      'A filterbank needs an even number of samples; 3999 was asked for. Cut or pad the signal by one sample.',
    )
  })

  it.each([1, 2, 4])('has squared responses that sum to one at sample factor %i', (sampleFactor) => {
    const { rows, bins } = erbFilterbank({ ...options, sampleFactor })
    const sums = new Float64Array(bins)
    for (const row of rows) row.values.forEach((value, i) => (sums[row.start + i]! += value * value))
    expect(Math.max(...Array.from(sums, (s) => Math.abs(s - 1)))).toBeLessThan(1e-12)
  })

  it.each([[50, 211], [40, 171]])('has from %i filters %i rows', (filters, rows) => {
    expect(erbFilterbank({ ...options, filters }).rows.length).toBe(rows)
  })

  it('has centres that rise, evenly on the ERB scale', () => {
    const { frequenciesHz } = erbFilterbank(options)
    const steps = Array.from(frequenciesHz, hzToErb).flatMap((erb, i, all) => (i ? [erb - all[i - 1]!] : []))
    // The low-pass rows are nominal: the first band-passes one filter width lower, so the spacing goes on.
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-4)
    expect(erbToHz(hzToErb(1000))).toBeCloseTo(1000, 9)
  })
})
