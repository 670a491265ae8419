import { expect, it } from 'vitest'
import { batchNormAffine, scaleInputs, scaleOutputs } from '../../../../src-main/engine/models/batchNorm.ts'

it('batchNormAffine adds epsilon before the root, so a dead channel stays finite', () => {
  // Channel 0: scale 2/sqrt(3+1) = 1, offset 5 - 7*1. Channel 1: variance 0, scale 1/sqrt(1) = 1, offset 0.
  const { scale, offset } = batchNormAffine(
    { gamma: Float32Array.of(2, 1), beta: Float32Array.of(5, 0), mean: Float32Array.of(7, 0), variance: Float32Array.of(3, 0) },
    1,
  )
  expect([...scale]).toEqual([1, 1])
  expect([...offset]).toEqual([-2, 0])
})

it('scaleOutputs scales the last axis of a kernel [1, 1, 2, 3]', () => {
  expect([...scaleOutputs(Float32Array.of(1, 1, 1, 1, 1, 1), Float64Array.of(1, 2, 3))]).toEqual([1, 2, 3, 1, 2, 3])
})

it('scaleInputs scales the last axis but one of a kernel [1, 2, 2, 3]', () => {
  const ones = new Float32Array(12).fill(1)
  expect([...scaleInputs(ones, Float64Array.of(5, 7), 3)]).toEqual([5, 5, 5, 7, 7, 7, 5, 5, 5, 7, 7, 7])
})
