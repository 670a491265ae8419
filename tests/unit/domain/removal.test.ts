import { expect, it } from 'vitest'
import { removedWith } from '../../../src-main/domain/removal.ts'

it('removes the sounds that invert a cochleagram with it, and each run once', () => {
  const runs = [{ id: 1, inverts: null }, { id: 2, inverts: null }, { id: 3, inverts: 1 }, { id: 4, inverts: 2 }, { id: 5, inverts: 1 }]
  expect(removedWith([5, 1, 1], runs)).toEqual([1, 3, 5])
  expect(removedWith([4], runs)).toEqual([4])
})
