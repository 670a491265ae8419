import { expect, it } from 'vitest'
import { alreadyThere } from '../../../../../src-renderer/panels/draft/alreadyThere.ts'

it.each([
  [[4], 1, 'Run 4 is this metamer already.'],
  [[4], 3, '1 of 3 exist already (run 4). Only the rest is made.'],
  [[6, 4, 5], 3, 'All 3 exist already: runs 4, 5 and 6.'],
  [[1, 2, 3, 4, 5, 6, 7], 9, '7 of 9 exist already (runs 1, 2, 3, 4 and 3 more). Only the rest is made.'],
])('of runs %j and %i asked for it says: %s', (runs, asked, sentence) => {
  expect(alreadyThere(runs, asked)).toBe(sentence)
})
