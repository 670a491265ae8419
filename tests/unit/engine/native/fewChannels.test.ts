import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { conv2dPlain } from '../../../../src-main/engine/native/convolution.ts'
import { fewChannelsGradient } from '../../../../src-main/engine/native/fewChannels.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

beforeAll(async () => void (await loadBackend()))
beforeEach((context) => context.skip(installedKernels() === null, 'needs the compiled kernels'))

const random = createRandom(3)
const values = (shape: number[]) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, random.normal), shape)

describe('fewChannelsGradient', () => {
  it.each<[number[], number[], number, 'same' | 'valid']>([
    [[1, 12, 12, 3], [3, 3, 3, 64], 1, 'same'],
    [[2, 16, 18, 3], [3, 3, 3, 32], 2, 'same'],
    [[1, 23, 22, 3], [7, 7, 3, 16], 2, 'valid'],
    [[1, 9, 7, 4], [5, 4, 4, 6], 3, 'same'],
    [[2, 3, 2, 2], [7, 5, 2, 5], 2, 'same'],
    [[1, 11, 11, 3], [2, 2, 3, 8], 4, 'valid'],
  ])('is the transpose of the convolution: of %j by %j at stride %i, %s', (shape, window, stride, padding) => {
    const [x, filter] = [values(shape), values(window)]
    const convolve = (z: tf.Tensor): tf.Tensor => conv2dPlain(z, filter, { strides: [stride, stride], padding })
    const dy = values(convolve(x).shape)
    const expected = tf.grad((z) => tf.sum(tf.mul(convolve(z), dy)))(x)
    const found = fewChannelsGradient(dy, filter, shape, stride, padding)
    expect(found.shape).toEqual(shape)
    expect(relativeL2(found.dataSync(), expected.dataSync())).toBeLessThan(1e-6)
  })

  it('refuses a gradient that is not of so many filters', () => {
    expect(() => fewChannelsGradient(tf.zeros([1, 4, 4, 5]), tf.zeros([3, 3, 3, 6]), [1, 4, 4, 3], 1, 'same')).toThrow('does not fit its filter')
  })
})
