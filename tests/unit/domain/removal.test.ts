import { expect, it } from 'vitest'
import { presets } from '../../../src-main/domain/protocol.ts'
import { countingAgain, removedWith } from '../../../src-main/domain/removal.ts'

it('removes the sounds that invert a cochleagram with it, and each run once', () => {
  const runs = [{ id: 1, inverts: null }, { id: 2, inverts: null }, { id: 3, inverts: 1 }, { id: 4, inverts: 2 }, { id: 5, inverts: 1 }]
  expect(removedWith([5, 1, 1], runs)).toEqual([1, 3, 5])
  expect(removedWith([4], runs)).toEqual([4])
})

it('names the earlier tries that count again, but none that another try still stands for', () => {
  const run = (id: number, retryOf: number | null, state: 'finished' | 'failed' = 'finished') => ({ id, retryOf, state, network: 'n', networkHash: 'h', layer: 'l', protocol: presets[0]! })
  const chain = [run(1, null), run(2, 1), run(3, 2), run(4, null)]
  expect(countingAgain([3], chain)).toEqual([2])
  expect(countingAgain([2], chain)).toEqual([])
  expect(countingAgain([2, 3], chain)).toEqual([1])
  expect(countingAgain([4, 1], chain)).toEqual([])
  expect(countingAgain([3], [run(1, null), run(2, 1, 'failed'), run(3, 2)])).toEqual([1])
})
