import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { conv2dNative, conv2dPlain } from '../../../../src-main/engine/native/convolution.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

const pattern = (shape: number[], step: number) =>
  tf.tidy(() => tf.reshape(tf.sin(tf.mul(tf.range(0, shape.reduce((a, b) => a * b)), step)), shape))

describe('the gradient of a strided convolution that takes one channel', () => {
  beforeAll(async () => void (await loadBackend()))

  // Sizes that leave every remainder, windows shorter and longer than the stride.
  it.for<{ size: [number, number]; window: [number, number]; strides: [number, number] }>([
    { size: [21, 40], window: [7, 14], strides: [3, 3] },
    { size: [19, 17], window: [7, 14], strides: [3, 3] },
    { size: [20, 16], window: [4, 5], strides: [2, 3] },
    { size: [9, 8], window: [1, 2], strides: [2, 3] },
    { size: [7, 9], window: [3, 4], strides: [1, 2] },
    { size: [2, 3], window: [7, 9], strides: [3, 2] },
  ])('agrees with the plain one: $size, window $window, strides $strides', ({ size, window, strides }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    tf.tidy(() => {
      const x = pattern([2, ...size, 1], 0.7)
      const filter = pattern([...window, 1, 5], 1.3)
      const native = valueAndGradient((z) => conv2dNative(z, filter, { strides, padding: 'same' }), x)
      const plain = valueAndGradient((z) => conv2dPlain(z, filter, { strides, padding: 'same' }), x)
      expect(relativeL2(native.gradient, plain.gradient)).toBeLessThan(1e-6)
    })
  })
})
