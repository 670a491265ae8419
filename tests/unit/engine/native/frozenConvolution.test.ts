import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frozenFilter } from '../../../../src-main/engine/models/frozenFilter.ts'
import { conv2d, conv2dPlain, conv2dRelu } from '../../../../src-main/engine/native/convolution.ts'
import type { ConvolutionOptions } from '../../../../src-main/engine/native/convolutionAttributes.ts'
import { kernelsConvolve, packFilter } from '../../../../src-main/engine/native/frozenConvolution.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { integerAttributes, runOp } from '../../../../src-main/engine/native/tensorflow.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

beforeAll(async () => void (await loadBackend()))
beforeEach((context) => context.skip(installedKernels() === null, 'needs the compiled kernels'))

const random = createRandom(5)
const values = (shape: number[]) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, random.normal), shape)
const same: ConvolutionOptions = { strides: [1, 1], padding: 'same' }

describe('a frozen convolution', () => {
  it.each<[number[], number[], 'same' | 'valid']>([
    [[1, 14, 14, 64], [1, 1, 64, 160], 'same'],
    [[2, 5, 7, 24], [1, 1, 24, 40], 'valid'],
    [[1, 1, 1, 16], [1, 1, 16, 16], 'same'],
    [[1, 28, 28, 32], [3, 3, 32, 64], 'same'],
    [[3, 9, 7, 40], [3, 3, 40, 24], 'same'],
    [[2, 8, 11, 16], [3, 3, 16, 48], 'valid'],
    [[1, 1, 2, 16], [3, 3, 16, 16], 'same'],
    [[1, 3, 3, 24], [3, 3, 24, 16], 'valid'],
  ])('gives values and gradients of the plain one: of %j by %j, %s', (shape, window, padding) => {
    const [x, kernel, bias, options] = [values(shape), values(window), values([window[3]!]), { strides: [1, 1], padding } as const]
    const frozen = frozenFilter((make) => make, window, () => kernel)
    expect(kernelsConvolve(frozen, options)).toBe(true)
    const plain = (z: tf.Tensor): tf.Tensor => conv2dPlain(z, kernel, options, bias)
    const weights = values(plain(x).shape)
    for (const [ours, theirs] of [
      [(z: tf.Tensor) => conv2d(z, frozen, options, bias), plain],
      [(z: tf.Tensor) => conv2d(z, frozen, options), (z: tf.Tensor) => conv2dPlain(z, kernel, options)],
      [(z: tf.Tensor) => conv2dRelu(z, frozen, options, bias), (z: tf.Tensor) => tf.relu(plain(z))],
    ] as const) {
      const towards = (work: (z: tf.Tensor) => tf.Tensor) => tf.grad((z) => tf.sum(tf.mul(work(z), weights)))(x)
      expect(ours(x).shape).toEqual(theirs(x).shape)
      expect(relativeL2(ours(x).dataSync(), theirs(x).dataSync())).toBeLessThan(1e-6)
      expect(relativeL2(towards(ours).dataSync(), towards(theirs).dataSync())).toBeLessThan(2e-6)
    }
  })

  it('lets what is not a number through, so that it is seen', () => {
    const frozen = frozenFilter((make) => make, [3, 3, 16, 16], () => values([3, 3, 16, 16]))
    expect([...conv2dRelu(tf.fill([1, 4, 4, 16], NaN), frozen, same, tf.zeros([16])).dataSync()].every(Number.isNaN)).toBe(true)
  })

  it('leaves other windows, strides and channels to TensorFlow', () => {
    const takes = (shape: number[], strides: [number, number]) => kernelsConvolve({ shape }, { strides, padding: 'same' })
    expect(takes([3, 3, 3, 64], [1, 1])).toBe(false)
    expect(takes([3, 3, 64, 60], [1, 1])).toBe(false)
    expect(takes([3, 3, 64, 64], [2, 2])).toBe(false)
    expect(takes([5, 5, 64, 64], [1, 1])).toBe(false)
  })

  it('refuses a filter that it cannot pack, and an input that does not fit', () => {
    expect(() => packFilter(tf.zeros([3, 3, 12, 16]), false)).toThrow('multiples of eight')
    const attributes = integerAttributes({ threads: 1, side: 1, filters: 16, pad: 0, rectify: 0 })
    const none = tf.zeros([0])
    const packed = packFilter(tf.zeros([1, 1, 16, 16]), false)
    expect(() => runOp('MetamerLabFrozenConvolution', attributes, tf.zeros([1, 2, 2, 24]), packed, none, none, none)).toThrow('does not fit its packed filter')
    expect(() => runOp('MetamerLabFrozenConvolution', attributes, tf.zeros([1, 2, 2, 16]), packed, tf.zeros([8]), none, none)).toThrow('the bias')
    expect(() => runOp('MetamerLabFrozenConvolution', attributes, tf.zeros([1, 2, 2, 16]), packed, none, tf.zeros([1, 2, 1, 16]), none)).toThrow('where the input counts')
    expect(() => runOp('MetamerLabFrozenConvolution', attributes, tf.zeros([1, 2, 2, 16]), packed, none, none, tf.zeros([1, 2, 1, 16]))).toThrow('what is added')
  })
})
