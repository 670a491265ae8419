import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mergeTallies, nullQuantiles, tallyNull } from '../../src-main/domain/nullTally.ts'
import { nullAndMetamers } from '../../src-main/figures/prepare/nullAndMetamers.ts'
import { finished } from '../helpers/fakeLab/data.ts'

/** Made by bench/golden/quantiles.py with numpy and scipy: quantiles by the inverted distribution function, shares strictly below. */
interface Golden {
  n: number
  factor: number
  offset: number
  modulus: number
  mean: number
  deviation: number
  maximum: number
  quantiles: Array<{ probability: number; rho: number }>
  below: Array<{ rho: number; percentile: number }>
}
const { cases } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../fixtures/golden/quantiles.json'), 'utf8')) as { cases: Golden[] }

const kept = 1000
/** Of the bins, where the extremes do not reach. */
const binWidth = 1 / 4096

function valuesOf({ n, factor, offset, modulus }: Golden): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => (((factor * i + offset) % modulus) / modulus) * 2 - 1)
}

describe.each(cases)('a null of $n values, against numpy and scipy', (golden) => {
  const values = valuesOf(golden)
  const tally = tallyNull(values)

  it('has their mean, deviation and maximum, also put together of two parts', () => {
    for (const one of [tally, mergeTallies(tallyNull(values.subarray(0, 9999)), tallyNull(values.subarray(9999)))]) {
      expect(one.mean).toBeCloseTo(golden.mean, 12)
      expect(one.deviation).toBeCloseTo(golden.deviation, 12)
      expect(one.maximum).toBe(golden.maximum)
    }
  })

  it('has numpy\'s quantiles: the same where the extremes reach, at most a bin above elsewhere', () => {
    const found = nullQuantiles(tally)
    expect(found.map(({ probability }) => probability)).toEqual(golden.quantiles.map(({ probability }) => probability))
    found.forEach(({ probability, rho }, i) => {
      const above = rho - golden.quantiles[i]!.rho
      const place = Math.ceil(probability * golden.n - 1e-9)
      if (place <= kept || place > golden.n - kept) expect(above).toBe(0)
      expect(above).toBeGreaterThanOrEqual(0)
      expect(above).toBeLessThanOrEqual(binWidth)
    })
  })

  it('has scipy\'s percentiles of a score, to a bin', () => {
    const runs = golden.below.map(({ rho }, i) => finished(i + 1, 'excluded', { rho }))
    nullAndMetamers(tally.histogram, tally.maximum, runs).metamers.forEach(({ percentile }, i) => {
      // A bin of 1/4096 of values that are even over [-1, 1] is a 8192nd of all, and of a thousand distinct values one in a thousand.
      expect(Math.abs(percentile - golden.below[i]!.percentile)).toBeLessThanOrEqual(100 * Math.max(2 / 8192, 1.01 / golden.modulus))
    })
  })
})

it('tells the quantile of one in a million of a million, exactly', () => {
  const million = nullQuantiles(tallyNull(valuesOf(cases[0]!))).at(-1)!
  expect(million).toEqual(cases[0]!.quantiles.at(-1))
  expect(million.probability).toBe(1 - 1e-6)
})
