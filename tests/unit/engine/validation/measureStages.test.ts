import { describe, expect, it } from 'vitest'
import { dbAuthors, dbPower } from '../../../../src-main/engine/validation/decibels.ts'
import { measureStages } from '../../../../src-main/engine/validation/measureStages.ts'

const f = (...values: number[]): Float32Array => Float32Array.from(values)

describe('the two decibel conventions', () => {
  it('differ by a factor of two', () => {
    expect(dbAuthors(10, 1)).toBe(10)
    expect(dbPower(10, 1)).toBe(20)
  })

  it('are infinite for equal activations and NaN for silence against silence', () => {
    expect(dbAuthors(1, 0)).toBe(Infinity)
    expect(dbPower(0, 0)).toBeNaN()
  })
})

describe('measureStages', () => {
  it('measures every stage, the reference being the signal and the difference the noise', () => {
    // |a| = 5, |a - b| = |(0, 2, 0)| = 2
    const [first, second] = measureStages(['one', 'two'], [f(3, 4, 0), f(1, 2)], [f(3, 2, 0), f(1, 2)])
    expect(first).toMatchObject({ stage: 'one', rho: 0.5, referenceNorm: 5, differenceNorm: 2 })
    expect(first!.dbAuthors).toBeCloseTo(10 * Math.log10(2.5), 12)
    expect(first!.dbPower).toBeCloseTo(20 * Math.log10(2.5), 12)
    expect(second).toMatchObject({ stage: 'two', rho: 1, pearson: 1, differenceNorm: 0, dbPower: Infinity })
  })

  it('says NaN where a stage is constant, and goes on with the others', () => {
    const [dead, alive] = measureStages(['dead', 'alive'], [f(0, 0), f(1, 2)], [f(0, 0), f(2, 3)])
    expect(dead!.rho).toBeNaN()
    expect(alive!.rho).toBe(1)
  })

  it('refuses activations of fewer stages than there are names', () => {
    expect(() => measureStages(['one', 'two'], [f(1, 2)], [f(1, 2), f(1, 2)])).toThrow(
      'There are 2 stages, but activations of 1 for the reference and 2 for the metamer. Run both through the whole network.',
    )
  })
})
