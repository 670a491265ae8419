import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { compress, compressGradient } from '../../../../src-main/engine/frontends/compression.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

const scale = 796.87416837456942
const read = (f: () => tf.Tensor) => Array.from(tf.tidy(() => f().dataSync()))

describe('compression', () => {
  beforeAll(async () => void (await loadBackend()))

  it('raises the scaled envelope to the power 0.3, and takes what is below zero as zero', () => {
    const found = read(() => compress(tf.tensor1d([-0.01, 0, 1 / scale, 1024 / scale])))
    expect(found.slice(0, 3)).toEqual([0, 0, expect.closeTo(1, 5)])
    expect(found[3]).toBeCloseTo(8, 4)
  })

  it('has the slope 0.3 e^-0.7, at most 1, times the scale, and none where the envelope is not above zero', () => {
    const found = read(() => compressGradient(tf.fill([5], 2), tf.tensor1d([-0.01, 0, 1e-9, 1 / scale, 128 / scale])))
    expect(found.slice(0, 2)).toEqual([0, 0])
    // e = 1e-9 * scale: 0.3 e^-0.7 is far above 1. e = 1: 0.3. e = 128 = 2^7: 0.3 * 2^-4.9.
    expect(found[2]! / scale).toBeCloseTo(2, 5)
    expect(found[3]! / scale).toBeCloseTo(0.6, 5)
    expect(found[4]! / scale).toBeCloseTo(0.6 * 2 ** -4.9, 6)
  })

  it('has a finite gradient for the smallest envelope there is', () => {
    const found = read(() => compressGradient(tf.ones([1]), tf.tensor1d([1.4e-45])))
    expect(found.every(Number.isFinite)).toBe(true)
  })
})
