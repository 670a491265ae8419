import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../../../../src-main/domain/errors.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { choosePairs } from '../../../../src-main/engine/validation/choosePairs.ts'

function asText(pairs: Int32Array): string[] {
  return Array.from({ length: pairs.length / 2 }, (_, k) => `${pairs[2 * k]}-${pairs[2 * k + 1]}`)
}

describe('choosePairs', () => {
  it('refuses more pairs than the pool has, and says how many it has', () => {
    expect(() => choosePairs(50, 2000, createRandom(1))).toThrow(ProtocolError)
    expect(() => choosePairs(50, 2000, createRandom(1))).toThrow(
      'A null distribution of 2,000 pairs was asked for, but 50 stimuli give only 1,225 different pairs. Ask for at most 1,225, or use a larger pool.',
    )
    expect(() => choosePairs(1, 1, createRandom(1))).toThrow('the pool holds 1. Use a pool of at least two.')
  })

  // few of many, most, and all: drawn, left out, and everything
  it.each([3, 30, 44, 45])('chooses %i distinct unordered pairs out of 45, none with itself', (count) => {
    const pairs = choosePairs(10, count, createRandom(4))
    expect(new Set(asText(pairs)).size).toBe(count)
    for (let k = 0; k < count; k++) expect(pairs[2 * k]!).toBeLessThan(pairs[2 * k + 1]!)
    expect(pairs.every((member) => member >= 0 && member < 10)).toBe(true)
  })

  it('repeats itself for one seed and differs for another', () => {
    expect(choosePairs(100, 50, createRandom(1))).toEqual(choosePairs(100, 50, createRandom(1)))
    expect(choosePairs(100, 50, createRandom(1))).not.toEqual(choosePairs(100, 50, createRandom(2)))
  })

  it('chooses every pair about equally often', () => {
    const counts = new Map<string, number>()
    const random = createRandom(3)
    for (let round = 0; round < 3000; round++) {
      for (const pair of asText(choosePairs(5, 3, random))) counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    // 3000 x 3 / 10 = 900 each, standard deviation 25
    expect(counts.size).toBe(10)
    for (const count of counts.values()) expect(Math.abs(count - 900)).toBeLessThan(110)
  })
})
