import { expect, it } from 'vitest'
import { bootstrapSem } from '../../src-main/engine/validation/bootstrap.ts'
import { meanAndSem } from '../../src-main/figures/meanAndSem.ts'
import golden from '../fixtures/golden/means_and_errors.json' with { type: 'json' }

/** Against numpy and scipy; bench/golden/meansAndErrors.py made the values. */

it('estimates the bootstrap error of a proportion as numpy does with the same indices', () => {
  const { values, indices, sem } = golden.bootstrap
  expect(bootstrapSem(values, Int32Array.from(indices))).toBeCloseTo(sem, 12)
})

it('averages and estimates the error of a mean as scipy does (ddof 0)', () => {
  const { values, mean, sem } = golden.mean
  const ours = meanAndSem(values)
  expect(ours.mean).toBeCloseTo(mean, 12)
  expect(ours.sem).toBeCloseTo(sem, 12)
})
