import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frozenFilter } from '../../../../src-main/engine/models/frozenFilter.ts'
import type { BiasedFilter } from '../../../../src-main/engine/native/frozenConvolution.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { residualUnitApart, residualUnitWhole } from '../../../../src-main/engine/native/residualUnit.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

beforeAll(async () => void (await loadBackend()))
beforeEach((context) => context.skip(installedKernels() === null, 'needs the compiled kernels'))

const random = createRandom(7)
const values = (shape: number[]) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, random.normal), shape)

describe('residualUnit', () => {
  it.each([[[1, 14, 14, 64], 16], [[2, 7, 5, 32], 24]] as Array<[number[], number]>)('gives values and gradients of the operations apart: %j, narrowed to %i', (shape, width) => {
    const channels = shape.at(-1)!
    const biased = (window: number[]): BiasedFilter => {
      const [kernel, bias] = [values(window), values([window[3]!])]
      return { filter: frozenFilter((make) => make, window, () => tf.clone(kernel)), bias: () => bias }
    }
    const [x, scale, offset, weights] = [values(shape), values([channels]), values([channels]), values(shape)]
    const unit = {
      scale: () => scale, offset: () => offset,
      narrow: biased([1, 1, channels, width]), filter: biased([3, 3, width, width]), widen: biased([1, 1, width, channels]),
    }
    const [whole, apart] = [residualUnitWhole, residualUnitApart].map((work) => [work(x, unit), tf.grad((z) => tf.sum(tf.mul(work(z, unit), weights)))(x)])
    for (const i of [0, 1]) expect(relativeL2(whole![i]!.dataSync(), apart![i]!.dataSync())).toBeLessThan(1e-6)
  })
})
