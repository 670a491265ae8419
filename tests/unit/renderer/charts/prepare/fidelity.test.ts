import { describe, expect, it } from 'vitest'
import { fidelitySeries } from '../../../../../src-renderer/charts/prepare/fidelity.ts'
import { equalLevelGains, rms } from '../../../../../src-renderer/charts/prepare/wave.ts'

const measured = (stage: string, rho: number) => ({ stage, rho, pearson: rho, dbAuthors: 0, dbPower: 0, referenceNorm: 1, differenceNorm: 1 })

describe('fidelitySeries', () => {
  it('marks the generation layer and the stages that have a null', () => {
    const series = fidelitySeries([measured('a', 0.5), measured('b', 0.9)], new Map([['b', 0.4]]), 'b')
    expect(series).toEqual({ stages: ['a', 'b'], rho: [0.5, 0.9], nullMaximum: [null, 0.4], generation: 1, lowest: 0 })
  })

  it('leaves a gap where ρ is undefined', () => {
    expect(fidelitySeries([measured('a', NaN)], new Map(), 'a').rho).toEqual([null])
  })

  it('opens the axis downwards for negative values', () => {
    expect(fidelitySeries([measured('a', -0.25)], new Map(), 'a').lowest).toBe(-0.4)
  })
})

describe('equalLevelGains', () => {
  it('brings the louder sound down to the softer one', () => {
    // RMS 0.4 and 0.1: the first is played at a quarter.
    const [loud, soft] = equalLevelGains(Float32Array.of(0.4, -0.4), Float32Array.of(0.1, -0.1))
    expect(loud).toBeCloseTo(0.25, 5)
    expect(soft).toBe(1)
  })

  it('leaves a silent sound as it is', () => {
    expect(equalLevelGains(new Float32Array(4), Float32Array.of(1, -1))).toEqual([1, 1])
  })
})

describe('rms', () => {
  it('is taken about the mean', () => {
    expect(rms(Float32Array.of(1.5, 0.5))).toBeCloseTo(0.5, 6)
    expect(rms(new Float32Array(0))).toBe(0)
  })
})
