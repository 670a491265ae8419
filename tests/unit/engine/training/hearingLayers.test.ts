import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { validMaxPoolLayer } from '../../../../src-main/engine/training/layers/borders.ts'
import type { Pass, TrainingLayer } from '../../../../src-main/engine/training/layers/layer.ts'
import { lstmLayer } from '../../../../src-main/engine/training/layers/lstm.ts'
import { clippedReluLayer, meanOverLayer, reshapeLayer } from '../../../../src-main/engine/training/layers/stepLayers.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { expectGradients, size, values, variable } from '../../../helpers/layerSlopes.ts'

const train: Pass = { mode: 'train', seed: [7, 3] }

const cases: Array<{ name: string; make: () => TrainingLayer; shape?: number[]; gain?: number }> = [
  { name: 'LSTM', make: () => lstmLayer('lstm', variable([5, 8], 1), variable([8], 2), 4), shape: [3, 4, 3] },
  { name: 'LSTM of rows that hold the steps of each example', make: () => lstmLayer('lstm', variable([5, 8], 1), variable([8], 2), 4), shape: [8, 3] },
  { name: 'LSTM of more examples than are multiplied one by one', make: () => lstmLayer('lstm', variable([5, 8], 1), variable([8], 2), 3), shape: [9, 3, 3] },
  { name: 'LSTM of one step', make: () => lstmLayer('lstm', variable([5, 8], 1), variable([8], 2), 1), shape: [2, 1, 3] },
  { name: 'ReLU clipped at 20', make: () => clippedReluLayer('relu', 20), gain: 30 },
  { name: 'max pool without border', make: () => validMaxPoolLayer('pool', [4, 1], [2, 2]), shape: [2, 7, 5, 3] },
  { name: 'max pool without border, channels by eight', make: () => validMaxPoolLayer('pool', [2, 2], [2, 2]), shape: [2, 5, 7, 8] },
  { name: 'mean over steps', make: () => meanOverLayer('mean', 3), shape: [6, 4] },
  { name: 'mean over steps that are an axis', make: () => meanOverLayer('mean', 3), shape: [2, 3, 4] },
  { name: 'another shape', make: () => reshapeLayer('patches', [-1, 3, 5]), shape: [2, 6, 5] },
]

describe('a trainable layer of networks that hear', () => {
  beforeAll(async () => void (await loadBackend()))
  beforeEach((context) => context.skip(!isNative(), 'needs native TensorFlow'))

  it.each(cases)('has the gradients of finite differences: $name', ({ make, shape = [2, 5, 7, 3], gain = 1 }) => {
    expectGradients(make(), values(size(shape), 0.5).map((v) => gain * v), shape, train)
  })

  it('keeps what lies above 20 at 20, and passes no gradient there', () => {
    const [y, dx] = tf.tidy(() => {
      const step = clippedReluLayer('relu', 20).forward(tf.tensor([-3, 5, 25], [1, 3]), train)
      return [Array.from(step.y.dataSync()), Array.from(step.backward(tf.ones([1, 3]), true).dx!.dataSync())] as const
    })
    expect([y, dx]).toEqual([[0, 5, 20], [0, 1, 0]])
  })

  it('leaves the gradient of its inputs out where nobody wants it', () => {
    const layer = lstmLayer('lstm', variable([5, 8], 1), variable([8], 2), 4)
    tf.tidy(() => {
      const { y, backward } = layer.forward(tf.tensor(values(24, 1), [2, 4, 3]), train)
      expect(backward(tf.onesLike(y), false).dx).toBeNull()
    })
    for (const { variable: one } of layer.trained) one.dispose()
  })
})
