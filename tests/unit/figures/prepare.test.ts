import { describe, expect, it } from 'vitest'
import type { RunDetail } from '../../../src-main/domain/run.ts'
import { tallyNull } from '../../../src-main/domain/nullTally.ts'
import { layerCounts } from '../../../src-main/figures/prepare/layerCounts.ts'
import { layerMatrix } from '../../../src-main/figures/prepare/layerMatrix.ts'
import { nullAndMetamers } from '../../../src-main/figures/prepare/nullAndMetamers.ts'
import { reluComparison, reluPairs } from '../../../src-main/figures/prepare/reluComparison.ts'
import { meanAndSem } from '../../../src-main/figures/meanAndSem.ts'
import { finished } from '../../helpers/fakeLab/data.ts'
import { measurement, toyPicture } from '../../helpers/sampleRuns.ts'

const set = { network: 'toy-picture', networkHash: 'h', protocol: 'p' }

describe('meanAndSem', () => {
  it('leaves out what is undefined, and has no error for one value', () => {
    expect(meanAndSem([1, Number.NaN, 3])).toEqual({ mean: 2, sem: Math.SQRT1_2, n: 2 })
    expect(meanAndSem([0.5])).toEqual({ mean: 0.5, sem: NaN, n: 1 })
    expect(meanAndSem([Number.NaN])).toEqual({ mean: NaN, sem: NaN, n: 0 })
    expect(meanAndSem([Infinity, 1])).toEqual({ mean: Infinity, sem: NaN, n: 2 })
  })
})

describe('layerMatrix', () => {
  const measuredRun = (layer: string, rhos: number[], referenceId = 1): Pick<RunDetail, 'layer' | 'referenceId' | 'judgement'> => ({
    layer,
    referenceId,
    judgement: { stages: ['stem', 'pooled', 'logits'].map((stage, i) => measurement(stage, rhos[i]!)), floatStages: [], labels: null },
  })
  const runs = [measuredRun('logits', [0.1, 0.2, 1]), measuredRun('stem', [0.9, 0.5, 0.4]), measuredRun('stem', [0.7, 0.5, Number.NaN], 2)]

  it('averages by the layer of generation, layers in the network\'s order, stages that are no metamer layers left out', () => {
    const matrix = layerMatrix(set, 'rho', runs, toyPicture)
    expect([matrix.generated, matrix.measured]).toEqual([['stem', 'logits'], ['stem', 'logits']])
    expect(matrix.cells).toEqual([
      { generated: 'stem', measured: 'stem', mean: expect.closeTo(0.8, 12), sem: expect.closeTo(0.1 / Math.SQRT2, 12), n: 2, metamers: 2 },
      { generated: 'stem', measured: 'logits', mean: 0.4, sem: NaN, n: 1, metamers: 1 },
      { generated: 'logits', measured: 'stem', mean: 0.1, sem: NaN, n: 1, metamers: 1 },
      { generated: 'logits', measured: 'logits', mean: 1, sem: NaN, n: 1, metamers: 1 },
    ])
  })

  it('averages the metamers of one reference first: three seeds of one are one stimulus', () => {
    const seeds = [measuredRun('stem', [0.2, 0, 0]), measuredRun('stem', [0.4, 0, 0]), measuredRun('stem', [0.6, 0, 0]), measuredRun('stem', [0.8, 0, 0], 2)]
    // Reference 1 has 0.4, reference 2 0.8: mean 0.6, deviation 0.2 over the root of 2.
    expect(layerMatrix(set, 'rho', seeds, toyPicture).cells[0]).toEqual({ generated: 'stem', measured: 'stem', mean: expect.closeTo(0.6, 12), sem: expect.closeTo(0.2 / Math.SQRT2, 12), n: 2, metamers: 4 })
  })

  it('takes every stage that was measured where the network is gone, and any measure', () => {
    const matrix = layerMatrix(set, 'dbPower', runs, null)
    expect(matrix.measured).toEqual(['stem', 'pooled', 'logits'])
    expect(matrix.cells.every(({ mean }) => mean === 25)).toBe(true)
  })
})

describe('nullAndMetamers', () => {
  const values = [-0.25, 0, 0.25, 0.5]
  const { histogram } = tallyNull(values)
  const runs = [finished(1, 'included', { rho: 0.9 }), finished(2, 'excluded', { rho: 0.3 }), finished(3, 'excluded', { rho: Number.NaN })]

  it('counts every value once in bins that hold all of them', () => {
    const { bars } = nullAndMetamers(histogram, 0.5, runs)
    const sum = (of: string) => bars.filter((bar) => bar.of === of).reduce((total, { count }) => total + count, 0)
    expect([sum('null'), sum('included'), sum('excluded'), sum('undecided')]).toEqual([4, 1, 1, 0])
    for (const rho of [...values, 0.9, 0.3]) expect(bars.some(({ from, to }) => rho >= from - 1e-9 && rho <= to + 1e-9)).toBe(true)
  })

  it('tells the percentile of each metamer, and counts those whose ρ is undefined', () => {
    const { metamers, undefinedMetamers } = nullAndMetamers(histogram, 0.5, runs)
    expect(metamers.map(({ run, percentile }) => [run, percentile])).toEqual([[1, 100], [2, 75]])
    expect(undefinedMetamers).toBe(1)
  })

  it('tells percentiles to a bin of the null where its extremes do not reach', () => {
    const many = tallyNull(Array.from({ length: 10_001 }, (_, i) => i / 10_000 - 0.25)).histogram
    const percentileOf = (rho: number) => nullAndMetamers(many, 0.75, [finished(1, 'excluded', { rho })]).metamers[0]!.percentile
    expect(Math.abs(percentileOf(0.25) - 50)).toBeLessThan(0.05)
    // Exact at both ends: one of 10,001 is lower, and all but one.
    expect(percentileOf(-0.24995)).toBeCloseTo(100 / 10_001, 9)
    expect(percentileOf(0.74995)).toBeCloseTo(1e6 / 10_001, 9)
  })

  it('counts no tie as below, whichever way the null was rounded', () => {
    const tied = tallyNull([0, 0.5 - 2e-7, 0.5 + 2e-7, 0.9])
    const percentileOf = (rho: number) => nullAndMetamers(tied.histogram, 0.9, [finished(1, 'excluded', { rho })]).metamers[0]!.percentile
    expect([percentileOf(0.5), percentileOf(0.9), percentileOf(0.9 + 5e-7), percentileOf(0.91)]).toEqual([25, 75, 75, 100])
  })

  it('shows metamers alone where there is no null', () => {
    const { range, bars, metamers, maximum } = nullAndMetamers(null, null, runs.slice(0, 1))
    // One narrow bar, not one as wide as the chart.
    expect(range[1] - range[0]).toBeGreaterThan(20 * (bars[0]!.to - bars[0]!.from))
    expect([bars.map(({ of, count }) => [of, count]), metamers[0]!.percentile, maximum]).toEqual([[['included', 1]], NaN, null])
  })
})

describe('reluComparison', () => {
  const run = (id: number, reluGradient: 'modified' | 'standard', rho: number, changes = {}) => {
    const made = finished(id, 'included', { rho, layer: 'stem', ...changes })
    return { ...made, protocol: { ...made.protocol, name: `${reluGradient} one`, reluGradient } }
  }

  it('averages over what was made both ways, and over nothing else', () => {
    const runs = [
      run(1, 'modified', 0.9), run(2, 'standard', 0.5),
      run(3, 'modified', 0.7, { referenceId: 2 }), run(4, 'standard', 0.3, { referenceId: 2 }),
      run(5, 'modified', 0.1, { seed: 3 }), run(6, 'standard', 0.1, { referenceId: 3 }),
    ]
    expect(reluComparison(reluPairs(runs), ['stem', 'logits'])).toEqual([
      { layer: 'stem', gradient: 'modified', mean: expect.closeTo(0.8, 12), sem: expect.closeTo(0.1 / Math.SQRT2, 12), n: 2, pairs: 2 },
      { layer: 'stem', gradient: 'standard', mean: expect.closeTo(0.4, 12), sem: expect.closeTo(0.1 / Math.SQRT2, 12), n: 2, pairs: 2 },
    ])
  })

  it('takes two seeds of one reference for one stimulus', () => {
    const runs = [run(1, 'modified', 0.9), run(2, 'standard', 0.5), run(3, 'modified', 0.7, { seed: 2 }), run(4, 'standard', 0.3, { seed: 2 })]
    expect(reluComparison(reluPairs(runs), ['stem']).map(({ mean, n, pairs }) => [mean.toFixed(3), n, pairs])).toEqual([['0.800', 1, 2], ['0.400', 1, 2]])
  })
})

describe('layerCounts', () => {
  it('counts verdicts and the criteria that were not met', () => {
    const runs = [finished(1, 'included', { rho: 0.5 }), finished(2, 'excluded', { rho: 0.7 }), finished(3, 'undecided', { layer: 'stem', rho: Number.NaN })]
    expect(layerCounts(runs, ['stem', 'block1'], [finished(4, 'excluded')])).toEqual([
      { layer: 'stem', references: 1, metamers: 1, retried: 0, included: 0, excluded: 0, undecided: 1, otherLabel: 0, notAboveNull: 0, meanRho: NaN, null: null },
      { layer: 'block1', references: 1, metamers: 2, retried: 1, included: 1, excluded: 1, undecided: 0, otherLabel: 1, notAboveNull: 0, meanRho: 0.6, null: { pairs: 2000, maximum: expect.any(Number) } },
    ])
  })
})
