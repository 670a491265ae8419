import { describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { choosePairs } from '../../../../src-main/engine/validation/choosePairs.ts'
import { createNullDistribution, summariseNull, type NullDistribution } from '../../../../src-main/engine/validation/nullDistribution.ts'
import { planNullPasses } from '../../../../src-main/engine/validation/planNullPasses.ts'
import { spearmanRho } from '../../../../src-main/engine/validation/spearman.ts'

const layers = [
  { name: 'early', size: 3000 },
  { name: 'late', size: 20 },
]
const bytesEach = 4 * 3020

/** Rectified noise with a common part, so that ρ is not just about zero. */
const pool = Array.from({ length: 12 }, (_, stimulus) => {
  const [own, common] = [createRandom(stimulus), createRandom(99)]
  return layers.map(({ size }) => Float32Array.from({ length: size }, () => Math.max(0, own.normal() + common.normal())))
})

/** Serve what is asked for until nothing is; gives the order of the stimuli. */
function fill(distribution: NullDistribution, activations = pool): number[] {
  const asked: number[] = []
  for (let stimulus = distribution.next(); stimulus !== null; stimulus = distribution.next()) {
    asked.push(stimulus)
    distribution.add(activations[stimulus]!)
  }
  return asked
}

describe('createNullDistribution', () => {
  // everything at once; five held at a time; one at a time
  it.each([1e9, 5 * bytesEach, bytesEach])('gives the Spearman ρ of every pair within 1e-6 in %d bytes', (budgetBytes) => {
    const pairs = choosePairs(12, 40, createRandom(1))
    const distribution = createNullDistribution({ layers, pairs, budgetBytes })
    const asked = fill(distribution)
    expect(asked).toHaveLength(distribution.steps)
    expect(distribution.done).toBe(distribution.steps)
    for (const layer of [0, 1]) {
      distribution.values(layer).forEach((rho, k) => {
        const direct = spearmanRho(pool[pairs[2 * k]!]![layer]!, pool[pairs[2 * k + 1]!]![layer]!)
        expect(Math.abs(rho - direct)).toBeLessThan(1e-6)
      })
      expect(distribution.undefinedPairs(layer)).toBe(0)
    }
  })

  it('runs each stimulus once when memory suffices, and only those that are in a pair', () => {
    const distribution = createNullDistribution({ layers, pairs: Int32Array.of(0, 9, 2, 3, 2, 9) })
    expect(fill(distribution)).toEqual([0, 2, 3, 9])
  })

  it('counts a pair with a constant activation vector as ρ = 0', () => {
    const dead = pool.map(([early, late], stimulus) => [early!, stimulus === 1 ? new Float32Array(20).fill(0.3) : late!])
    const distribution = createNullDistribution({ layers, pairs: Int32Array.of(0, 1, 0, 2, 1, 2) })
    fill(distribution, dead)
    expect(distribution.undefinedPairs(0)).toBe(0)
    expect(distribution.undefinedPairs(1)).toBe(2)
    expect(distribution.values(1)[0]).toBe(0)
    expect(distribution.values(1)[1]).not.toBe(0)
    expect(distribution.values(1)[2]).toBe(0)
  })

  it('asks for the same stimulus until it is given, and refuses activations that do not fit', () => {
    const distribution = createNullDistribution({ layers, pairs: Int32Array.of(4, 5) })
    expect(distribution.next()).toBe(4)
    expect(() => distribution.add([new Float32Array(3000)])).toThrow(ShapeError)
    expect(() => distribution.add([new Float32Array(3000), new Float32Array(19)])).toThrow(
      'Activations of sizes [3000, 19] were given for layers early, late, which have [3000, 20] units. Give those of one stimulus, in this order.',
    )
    expect(distribution.next()).toBe(4)
  })
})

describe('planNullPasses', () => {
  it('holds no more than the budget allows, and covers every pair once', () => {
    const pairs = choosePairs(12, 60, createRandom(2))
    const passes = planNullPasses(layers, pairs, 3 * bytesEach)
    let covered = 0
    for (const { held, stimuli } of passes) {
      expect(held.size).toBeLessThanOrEqual(3)
      for (let k = 0; k < pairs.length; k += 2) {
        if (!held.has(pairs[k]!)) continue
        covered++
        expect(stimuli.includes(pairs[k]!) && stimuli.includes(pairs[k + 1]!)).toBe(true)
      }
    }
    expect(covered).toBe(60)
  })

  it('needs at most one forward pass for each pair beyond one for each stimulus', () => {
    const pairs = choosePairs(2500, 2000, createRandom(3))
    const steps = planNullPasses(layers, pairs, 100 * bytesEach).reduce((sum, pass) => sum + pass.stimuli.length, 0)
    expect(steps).toBeLessThanOrEqual(4000)
  })

  it('refuses a budget that does not hold one stimulus', () => {
    expect(() => planNullPasses(layers, Int32Array.of(0, 1), 100)).toThrow(
      'The ranks of one stimulus take 12080 bytes, more than the 100 allowed. Make the null of fewer layers, or allow more memory.',
    )
  })
})

describe('summariseNull', () => {
  it('tells the number of pairs, their maximum, mean and deviation', () => {
    // mean 2, squared deviations 1, 1, 4, 4 over 4
    expect(summariseNull(Float32Array.of(1, 3, 0, 4))).toEqual({ pairs: 4, maximum: 4, mean: 2, deviation: Math.sqrt(2.5) })
  })

  it('finds the maximum of an all-negative null', () => {
    expect(summariseNull(Float32Array.of(-0.5, -0.25)).maximum).toBe(-0.25)
  })
})
