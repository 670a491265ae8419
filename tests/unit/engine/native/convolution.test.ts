import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  conv2d, conv2dNative, conv2dPlain, depthwiseConv2d, depthwiseConv2dNative, depthwiseConv2dPlain,
} from '../../../../src-main/engine/native/convolution.ts'
import type { ConvolutionOptions } from '../../../../src-main/engine/native/convolutionAttributes.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

const cases: ConvolutionOptions[] = [
  { strides: [1, 1], padding: 'same' },
  { strides: [2, 3], padding: 'same' },
  { strides: [3, 2], padding: 'valid' },
]
const pattern = (shape: number[], step: number) =>
  tf.tidy(() => tf.reshape(tf.sin(tf.mul(tf.range(0, shape.reduce((a, b) => a * b)), step)), shape))

describe('convolution', () => {
  beforeAll(async () => void (await loadBackend()))

  it('sends each gradient back along the weights', () => {
    // Row [a, b, c] with filter [2, 3], no padding: outputs 2a+3b and 2b+3c, so the gradient of 5*first + 7*second is [10, 15+14, 21].
    const filter = tf.tensor4d([2, 3], [1, 2, 1, 1])
    const gradient = (f: (x: tf.Tensor) => tf.Tensor) => tf.tidy(() => {
      const x = tf.tensor4d([1, 1, 1], [1, 1, 3, 1])
      return Array.from(tf.grad((z) => f(z))(x, tf.tensor4d([5, 7], [1, 1, 2, 1])).dataSync())
    })
    expect(gradient((x) => conv2d(x, filter, { strides: [1, 1], padding: 'valid' }))).toEqual([10, 29, 21])
    expect(gradient((x) => depthwiseConv2d(x, filter, { strides: [1, 1], padding: 'valid' }))).toEqual([10, 29, 21])
    filter.dispose()
  })

  it.for(cases)('agrees with its plain twin and batches, $strides $padding', (options, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    tf.tidy(() => {
      const x = pattern([2, 9, 11, 4], 0.7)
      const filter = pattern([3, 4, 4, 5], 1.3)
      const bias = pattern([5], 0.4)
      const native = valueAndGradient((z) => conv2dNative(z, filter, options, bias), x)
      const plain = valueAndGradient((z) => conv2dPlain(z, filter, options, bias), x)
      expect(relativeL2(native.value, plain.value)).toBeLessThan(1e-6)
      expect(relativeL2(native.gradient, plain.gradient)).toBeLessThan(1e-6)
    })
  })

  it('1x1, whose gradient is a matrix product, agrees with its plain twin', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    tf.tidy(() => {
      const x = pattern([2, 5, 7, 4], 0.7)
      const filter = pattern([1, 1, 4, 5], 1.3)
      for (const padding of ['same', 'valid'] as const) {
        const native = valueAndGradient((z) => conv2dNative(z, filter, { strides: [1, 1], padding }), x)
        const plain = valueAndGradient((z) => conv2dPlain(z, filter, { strides: [1, 1], padding }), x)
        expect(relativeL2(native.value, plain.value)).toBeLessThan(1e-6)
        expect(relativeL2(native.gradient, plain.gradient)).toBeLessThan(1e-6)
      }
    })
  })

  it.for(cases)('depthwise agrees with an ordinary convolution whose other weights are zero, $strides $padding', (options) => {
    tf.tidy(() => {
      const x = pattern([2, 9, 11, 4], 0.7)
      for (const multiplier of [1, 2]) {
        const filter = pattern([3, 4, 4, multiplier], 1.3)
        const own = tf.reshape(tf.eye(4), [1, 1, 4, 4, 1])
        const dense = tf.reshape(tf.mul(tf.reshape(filter, [3, 4, 1, 4, multiplier]), own), [3, 4, 4, 4 * multiplier])
        const expected = valueAndGradient((z) => conv2dPlain(z, dense, options), x)
        const twins = options.strides[0] === options.strides[1] ? [depthwiseConv2dPlain, ...(isNative() ? [depthwiseConv2dNative] : [])] : []
        for (const convolve of [depthwiseConv2d, ...twins]) {
          const found = valueAndGradient((z) => convolve(z, filter, options), x)
          expect(relativeL2(found.value, expected.value)).toBeLessThan(1e-6)
          expect(relativeL2(found.gradient, expected.gradient)).toBeLessThan(1e-6)
        }
      }
    })
  })

  it('leaves no tensor behind', () => {
    const x = pattern([1, 6, 6, 2], 0.7)
    const filter = pattern([3, 3, 2, 1], 1.3)
    const before = tf.memory().numTensors
    valueAndGradient((z) => conv2d(depthwiseConv2d(z, filter, cases[0]!), filter, cases[1]!), x)
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose([x, filter])
  })
})
