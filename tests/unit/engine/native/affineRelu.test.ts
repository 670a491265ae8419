import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { affineApart, affineReluApart, affineReluWhole, affineWhole } from '../../../../src-main/engine/native/affineRelu.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

beforeAll(async () => void (await loadBackend()))
beforeEach((context) => context.skip(installedKernels() === null, 'needs the compiled kernels'))

describe('affineRelu', () => {
  it.each([[[1, 3], true], [[2, 30, 41, 64], false], [[2, 30, 41, 64], true], [[70_000, 1], true]] as Array<[number[], boolean]>)(
    'gives values and gradients of the operations apart: %j, scaled: %s',
    (shape, scaled) => {
      const channels = shape.at(-1)!
      const [x, weights] = [0.37, 0.53].map((step) => tf.reshape(tf.sin(tf.mul(tf.range(0, tf.util.sizeFromShape(shape)), step)), shape)) as [tf.Tensor, tf.Tensor]
      const scale = scaled ? tf.linspace(-2, 3, channels) : null
      const offset = tf.linspace(-0.4, 0.5, channels)
      const [whole, apart] = [affineReluWhole, affineReluApart].map((work) => ({
        y: work(x, scale, offset).dataSync(),
        dx: tf.grad((z) => tf.sum(tf.mul(work(z, scale, offset), weights)))(x).dataSync(),
      }))
      expect(relativeL2(whole!.y, apart!.y)).toBeLessThan(1e-6)
      expect(relativeL2(whole!.dx, apart!.dx)).toBeLessThan(1e-6)
    },
  )

  it.each([[[3, 5, 3]], [[1, 32, 16, 3]], [[2, 7, 24]]])('scales and moves only, as the operations apart: %j', (shape) => {
    const [x, weights] = [0.37, 0.53].map((step) => tf.reshape(tf.sin(tf.mul(tf.range(0, tf.util.sizeFromShape(shape)), step)), shape)) as [tf.Tensor, tf.Tensor]
    const [scale, offset] = [tf.linspace(-2, 3, shape.at(-1)!), tf.linspace(-0.4, 0.5, shape.at(-1)!)]
    const [whole, apart] = [affineWhole, affineApart].map((work) => [work(x, scale, offset), tf.grad((z) => tf.sum(tf.mul(work(z, scale, offset), weights)))(x)])
    for (const i of [0, 1]) expect(relativeL2(whole![i]!.dataSync(), apart![i]!.dataSync())).toBeLessThan(1e-6)
  })

  it('lets what is not a number through, so that it is seen', () => {
    expect(affineReluWhole(tf.tensor2d([[NaN, 1]]), null, tf.tensor1d([0, 0])).dataSync()[0]).toBeNaN()
  })

  it('refuses an offset of another length than the channels', () => {
    expect(() => affineReluWhole(tf.zeros([2, 3]), null, tf.zeros([2]))).toThrow('the offset has another length than the channels')
  })
})
