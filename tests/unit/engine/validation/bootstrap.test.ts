import { expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { bootstrapIndices, bootstrapSem } from '../../../../src-main/engine/validation/bootstrap.ts'

it('draws with replacement, within the stimuli, and the same for the same seed', () => {
  const draw = (seed: number): Int32Array => bootstrapIndices(5, 200, createRandom(seed))
  const indices = draw(1)
  expect(indices).toHaveLength(1000)
  expect(new Set(indices)).toEqual(new Set([0, 1, 2, 3, 4]))
  expect(draw(1)).toEqual(indices)
  expect(draw(2)).not.toEqual(indices)
})

it('comes near the error that theory gives: sqrt(p (1 - p) / n)', () => {
  const values = Array.from({ length: 40 }, (_, i) => Number(i < 10))
  const sem = bootstrapSem(values, bootstrapIndices(40, 4000, createRandom(3)))
  expect(sem).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 40), 2)
})

it('has no error to tell for one stimulus, and none at all where every stimulus agrees', () => {
  expect(bootstrapSem([1], Int32Array.of(0, 0))).toBeNaN()
  expect(bootstrapSem([1, 1], Int32Array.of(0, 1, 1, 1))).toBe(0)
})
