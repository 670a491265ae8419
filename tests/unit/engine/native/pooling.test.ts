import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  avgPool, avgPoolNative, avgPoolPlain, maxPool, maxPoolKernel, maxPoolNative, maxPoolPlain,
} from '../../../../src-main/engine/native/pooling.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

type Pool = typeof avgPool
const pattern = (shape: number[]) =>
  tf.tidy(() => tf.reshape(tf.sin(tf.mul(tf.range(0, shape.reduce((a, b) => a * b)), 0.7)), shape))
const gradientOfOnes = (f: (x: tf.Tensor) => tf.Tensor, values: number[][]) =>
  Array.from(tf.tidy(() => tf.grad((x) => f(x))(tf.reshape(tf.tensor2d(values), [1, values.length, values[0]!.length, 1])).dataSync()))

describe('pooling', () => {
  beforeAll(async () => void (await loadBackend()))

  it('gives tied maxima one gradient, the first', () => {
    expect(gradientOfOnes((x) => maxPool(x, [2, 2], [2, 2], 'valid'), [[0, 0], [0, 0]])).toEqual([1, 0, 0, 0])
  })

  it('leaves the border out of averages and of their gradient', () => {
    // Row of three, windows of two, stride two, SAME: the second window holds one cell. Averages (1+3)/2 and 5/1; gradients 1/2, 1/2, 1.
    const f = (x: tf.Tensor) => avgPool(x, [1, 2], [1, 2], 'same')
    expect(Array.from(tf.tidy(() => f(tf.tensor4d([1, 3, 5], [1, 1, 3, 1])).dataSync()))).toEqual([2, 5])
    expect(gradientOfOnes(f, [[1, 3, 5]])).toEqual([0.5, 0.5, 1])
  })

  it.for<[string, Pool, Pool]>([['maximum', maxPoolNative, maxPoolPlain], ['average', avgPoolNative, avgPoolPlain]])(
    'agrees with its plain twin and batches, %s', ([, native, plain], context) => {
      context.skip(!isNative(), 'needs native TensorFlow')
      const x = pattern([2, 9, 11, 3])
      for (const padding of ['same', 'valid'] as const) {
        const a = valueAndGradient((z) => native(z, [2, 5], [2, 2], padding), x)
        const b = valueAndGradient((z) => plain(z, [2, 5], [2, 2], padding), x)
        expect(relativeL2(a.value, b.value)).toBeLessThan(1e-6)
        expect(relativeL2(a.gradient, b.gradient)).toBeLessThan(1e-6)
      }
      x.dispose()
    },
  )

  it.for<[number[], [number, number], [number, number]]>([
    [[2, 8, 6, 16], [2, 2], [2, 2]],
    [[1, 9, 11, 24], [3, 3], [2, 2]],
    [[1, 7, 5, 8], [2, 3], [1, 2]],
    [[2, 5, 5, 32], [4, 5], [3, 4]],
  ])('takes the same gradient by compiled kernels: %j in windows of %j, %j apart', ([shape, size, strides], context) => {
    context.skip(installedKernels() === null, 'needs the compiled kernels')
    // Rounded, so that there are ties; below zero, so that a border of zeros would win.
    const x = tf.tidy(() => tf.sub(tf.round(tf.mul(pattern(shape), 3)), 9))
    for (const padding of ['same', 'valid'] as const) {
      const kernel = valueAndGradient((z) => maxPoolKernel(z, size, strides, padding), x)
      const exact = valueAndGradient((z) => maxPoolNative(z, size, strides, padding), x)
      expect(kernel.value).toEqual(exact.value)
      expect(relativeL2(kernel.gradient, exact.gradient)).toBeLessThan(1e-6)
    }
    x.dispose()
  })

  it('gives the gradient of a window of minus infinities to its first place, by compiled kernels as well', (context) => {
    context.skip(installedKernels() === null, 'needs the compiled kernels')
    const x = tf.fill([1, 4, 4, 8], -Infinity)
    const [kernel, exact] = [maxPoolKernel, maxPoolNative].map((pool) => valueAndGradient((z) => pool(z, [2, 2], [2, 2], 'valid'), x))
    expect(kernel!.gradient).toEqual(exact!.gradient)
    expect(kernel!.gradient.some((value) => value !== 0)).toBe(true)
    x.dispose()
  })

  it.for(['cpu', 'wasm'])('takes the gradient of a window without a value above zero, also on %s', async (engine) => {
    const before = tf.getBackend()
    await import(`@tensorflow/tfjs-backend-${engine}`)
    try {
      expect(await tf.setBackend(engine)).toBe(true)
      expect(gradientOfOnes((x) => maxPool(x, [2, 2], [2, 2], 'valid'), [[-3, -1], [-4, -2]])).toEqual([0, 1, 0, 0])
    } finally {
      await tf.setBackend(before)
    }
  })

  it('leaves no tensor behind', () => {
    const x = pattern([1, 6, 6, 2])
    const before = tf.memory().numTensors
    valueAndGradient((z) => avgPool(maxPool(z, [2, 2], [2, 2], 'valid'), [2, 2], [1, 1], 'same'), x)
    expect(tf.memory().numTensors).toBe(before)
    x.dispose()
  })
})
