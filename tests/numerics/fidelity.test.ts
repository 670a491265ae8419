import { describe, expect, it } from 'vitest'
import { measureStages } from '../../src-main/engine/validation/measureStages.ts'
import { dataPath, readJson } from '../helpers/data.ts'

interface FidelityCase {
  name: string
  a: number[]
  b: number[]
  spearman: number
  pearson: number
  norm_signal: number
  norm_noise: number
  db_snr_authors_10log10: number
  db_snr_power_20log10: number
}

// Made with scipy.stats.spearmanr and numpy from the formulas of the authors' 2023 distance_measures.py.
const { cases } = readJson<{ cases: FidelityCase[] }>(dataPath('golden/fidelity.json')!)

describe('measureStages against golden values', () => {
  it.each(cases)('meets every measure of the case $name to nine digits', (golden) => {
    const [measured] = measureStages([golden.name], [Float32Array.from(golden.a)], [Float32Array.from(golden.b)])
    expect(measured!.rho).toBeCloseTo(golden.spearman, 9)
    expect(measured!.pearson).toBeCloseTo(golden.pearson, 9)
    expect(measured!.referenceNorm).toBeCloseTo(golden.norm_signal, 9)
    expect(measured!.differenceNorm).toBeCloseTo(golden.norm_noise, 9)
    expect(measured!.dbAuthors).toBeCloseTo(golden.db_snr_authors_10log10, 9)
    expect(measured!.dbPower).toBeCloseTo(golden.db_snr_power_20log10, 9)
  })
})
