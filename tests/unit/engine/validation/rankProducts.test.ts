import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { choosePairs } from '../../../../src-main/engine/validation/choosePairs.ts'
import { addProducts, tilePairs } from '../../../../src-main/engine/validation/rankProducts.ts'
import { spearmanRho } from '../../../../src-main/engine/validation/spearman.ts'
import { dotRanks, isConstantRanks, unitRanks } from '../../../../src-main/engine/validation/unitRanks.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

beforeAll(loadBackend)

const units = 301
/** Rectified noise with a common part, so that ρ is not just about zero. More rows than a tile has. */
const rows = Array.from({ length: 600 }, (_, row) => {
  const [own, common] = [createRandom(row), createRandom(99)]
  return Float32Array.from({ length: units }, () => Math.max(0, own.normal() + common.normal()))
})

function columns(from: number, width: number): Float32Array {
  const block = new Float32Array(rows.length * width)
  rows.forEach((row, at) => block.set(unitRanks(row)!.subarray(from, from + width), at * width))
  return block
}

describe('addProducts', () => {
  // 200 pairs are done one by one, 100,000 as products of matrices
  it.each([200, 100_000])('gives the Spearman ρ of %i pairs within 1e-6, from some columns at a time', (count) => {
    const members = choosePairs(rows.length, 0, count, { seed: 4, mode: 'pool', augmentation: 'none' })
    const sums = new Float64Array(count)
    for (const [from, width] of [[0, 200], [200, 101]] as const) addProducts(columns(from, width), width, tilePairs(members), members, sums)
    for (let pair = 0; pair < count; pair += Math.ceil(count / 300)) {
      expect(Math.abs(sums[pair]! - spearmanRho(rows[members[2 * pair]!]!, rows[members[2 * pair + 1]!]!))).toBeLessThan(1e-6)
    }
  })
})

describe('unitRanks', () => {
  it('has mean 0 and norm 1, and is all zeros for constant activations', () => {
    const unit = unitRanks(rows[0]!)!
    expect(unit.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 5)
    expect(dotRanks(unit, unit)).toBeCloseTo(1, 6)
    expect(isConstantRanks(unit)).toBe(false)
    expect(isConstantRanks(unitRanks(new Float32Array(4).fill(0.3))!)).toBe(true)
  })

  it('is null when a value is no number', () => {
    expect(unitRanks(Float32Array.of(1, NaN))).toBeNull()
  })
})
