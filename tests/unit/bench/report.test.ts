import { describe, expect, it } from 'vitest'
import { caseResult, tableOf, type Measurement } from '../../../bench/report.ts'

const measured = (median: number): Measurement => ({ times: [median * 0.9, median, median * 1.2], median, processorMs: 2 * median, peakMb: 100 + median, version: '1', threads: 2 })

describe('caseResult', () => {
  it('relates ours to the fastest peer, over all rounds and in each by itself', () => {
    const result = caseResult('synthesis/vgg-19/conv1_2/b1', [measured(10), measured(12), measured(11)], { slow: [40, 41, 42].map(measured), quick: [20, 30, 20].map(measured) })
    expect(result).toMatchObject({ unit: 'ms per update', ratio: 11 / 20, ratioSpread: { min: 12 / 30, max: 11 / 20 } })
    expect(result.ours).toMatchObject({ median: 11, min: 9, processorMs: 20, peakMb: 112 })
    expect(result.ours.max).toBeCloseTo(14.4, 9)
  })

  it('leaves out a peer that never ran, and a round in which one failed', () => {
    const result = caseResult('null/rank-100352', [measured(10), measured(10)], { broken: [], lame: [measured(5)] })
    expect(result).toMatchObject({ unit: 'ms per vector', ratio: 2 })
    expect(Object.keys(result.peers)).toEqual(['lame'])
    expect(caseResult('null/spearman-100352', [measured(10)], {})).toMatchObject({ unit: 'ms per pair', ratio: null, ratioSpread: null })
  })
})

describe('tableOf', () => {
  it('gives each peer, and the ratio with its spread', () => {
    const table = tableOf([caseResult('frontend/cochleagram/b1', [measured(10), measured(20)], { 'torch matmul': [40, 40].map(measured) })], 'a machine', { torch: '2' })
    expect(table).toContain('frontend/cochleagram/b1, ms per update')
    expect(table).toContain('ratio to the fastest: 0.38 (round by round 0.25 .. 0.50)')
  })
})
