import { expect, it } from 'vitest'
import { binsFromZero } from '../../../src-main/domain/binsFromZero.ts'

it('counts from 0 to the largest, which falls into the last bin', () => {
  expect(binsFromZero(Float32Array.of(0.5, 1, 1.5, 2), 4)).toEqual({ width: 0.5, counts: [0, 1, 1, 2] })
})

it('counts values that are all 0 in the first bin', () => {
  expect(binsFromZero(Float32Array.of(0, 0), 2)).toEqual({ width: 0, counts: [2, 0] })
})
