import { describe, expect, it } from 'vitest'
import { fidelitySeries } from '../../../../../src-renderer/charts/prepare/fidelity.ts'

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

  it('opens the axis downwards for a negative null maximum, too', () => {
    expect(fidelitySeries([measured('a', 0.9)], new Map([['a', -0.05]]), 'a').lowest).toBe(-0.2)
  })
})
