import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../../../../src-main/domain/errors.ts'
import { choosePairs, type PairChoice } from '../../../../src-main/engine/validation/choosePairs.ts'

const plain: PairChoice = { seed: 1, mode: 'pool', augmentation: 'none' }
const crops: PairChoice = { ...plain, augmentation: 'crops' }

function asText(pairs: Int32Array): string[] {
  return Array.from({ length: pairs.length / 2 }, (_, k) => `${pairs[2 * k]}-${pairs[2 * k + 1]}`)
}

describe('choosePairs', () => {
  it('refuses more pairs than the pool has, and says how many it has', () => {
    expect(() => choosePairs(50, 0, 2000, plain)).toThrow(ProtocolError)
    expect(() => choosePairs(50, 0, 2000, plain)).toThrow(
      'A null distribution of 2,000 pairs was asked for, but 50 stimuli give only 1,225 different pairs. Ask for at most 1,225, use a larger pool, or augment the stimuli (crops).',
    )
    expect(() => choosePairs(1, 0, 1, crops)).toThrow('the pool holds 1. Use a pool of at least two.')
  })

  it.each([3, 30, 45])('chooses %i distinct pairs out of 45, none with itself', (count) => {
    const pairs = choosePairs(10, 0, count, plain)
    expect(new Set(asText(pairs)).size).toBe(count)
    for (let k = 0; k < count; k++) expect(pairs[2 * k]!).toBeLessThan(pairs[2 * k + 1]!)
    expect(pairs.every((member) => member >= 0 && member < 10)).toBe(true)
  })

  it.each([['plain', plain, 45], ['augmented', crops, 700], ['independent', { ...plain, mode: 'independent' as const }, 5]])(
    'makes fewer pairs the first of more: %s',
    (_, choice, most) => {
      const all = choosePairs(10, 0, most, choice)
      expect(choosePairs(10, 0, 3, choice)).toEqual(all.slice(0, 6))
      expect(choosePairs(10, 3, most, choice)).toEqual(all.slice(6))
    },
  )

  it('lets two views of different stimuli meet once, and takes another view only when all others have met', () => {
    const pairs = choosePairs(10, 0, 45 * 9, crops)
    const meetings = asText(pairs).map((text) => text.split('-').map(Number).sort((a, b) => a - b).join('-'))
    expect(new Set(meetings).size).toBe(45 * 9)
    expect(Math.max(...pairs)).toBe(29)
    expect(Math.max(...pairs.slice(0, 2 * 45))).toBe(9)
    expect(Math.max(...pairs.slice(0, 2 * 45 * 4))).toBe(19)
    for (let k = 0; k < pairs.length; k += 2) expect(pairs[k]! % 10).not.toBe(pairs[k + 1]! % 10)
  })

  it('uses each stimulus once in independent pairs', () => {
    expect(new Set(choosePairs(11, 0, 5, { ...plain, mode: 'independent' })).size).toBe(10)
  })

  it('repeats itself for one seed and differs for another', () => {
    expect(choosePairs(100, 0, 50, plain)).toEqual(choosePairs(100, 0, 50, plain))
    expect(choosePairs(100, 0, 50, plain)).not.toEqual(choosePairs(100, 0, 50, { ...plain, seed: 2 }))
  })

  it('chooses every pair about equally often', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 3000; seed++) {
      for (const pair of asText(choosePairs(5, 0, 3, { ...plain, seed }))) counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    // 3000 x 3 / 10 = 900 each, standard deviation 25
    expect(counts.size).toBe(10)
    for (const count of counts.values()) expect(Math.abs(count - 900)).toBeLessThan(110)
  })
})
