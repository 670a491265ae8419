import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { findNetwork } from '../../../../src-main/engine/models/catalogue.ts'
import { pictureScaling } from '../../../../src-main/engine/models/architectures/pictureScaling.ts'
import { createLazyTensors } from '../../../../src-main/engine/models/lazyTensors.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

beforeAll(async () => void (await loadBackend()))

/** One pixel of red 0.5, green 0.25, blue 1, times 255 less (5, 6, 7). */
const seen = (divide: number | [number, number, number], order: 'rgb' | 'bgr'): number[] => {
  const tensors = createLazyTensors()
  const { card } = findNetwork('vgg-19')
  const scale = pictureScaling({ card: { ...card, normalisation: { multiply: 255, subtract: [5, 6, 7], divide, order } }, tensors })
  const values = tf.tidy(() => Array.from(scale(tf.tensor4d([0.5, 0.25, 1], [1, 1, 1, 3])).dataSync()))
  tensors.dispose()
  return values
}

it.each([
  [1, 'rgb', [122.5, 57.75, 248]],
  [1, 'bgr', [248, 57.75, 122.5]],
  [[2, 4, 8], 'rgb', [61.25, 14.4375, 31]],
  [[2, 4, 8], 'bgr', [31, 14.4375, 61.25]],
] as const)('pictureScaling divides by %j and gives %s', (divide, order, expected) => {
  seen(divide as number, order).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4))
})
