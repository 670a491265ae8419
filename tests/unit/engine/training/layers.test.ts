import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { createVariable } from '../../../../src-main/engine/native/variable.ts'
import { batchNormLayer } from '../../../../src-main/engine/training/layers/batchNorm.ts'
import { convolutionLayer } from '../../../../src-main/engine/training/layers/convolution.ts'
import { residualLayer } from '../../../../src-main/engine/training/layers/chain.ts'
import { denseLayer } from '../../../../src-main/engine/training/layers/dense.ts'
import { depthwiseLayer } from '../../../../src-main/engine/training/layers/depthwise.ts'
import type { Pass, TrainingLayer } from '../../../../src-main/engine/training/layers/layer.ts'
import { maxPoolLayer } from '../../../../src-main/engine/training/layers/maxPool.ts'
import { averagePoolLayer, dropoutLayer, hannPoolLayer, meanLayer, relu6Layer, reluLayer } from '../../../../src-main/engine/training/layers/plainLayers.ts'
import { sigmoidLoss, softmaxLoss } from '../../../../src-main/engine/training/losses.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { expectGradients, expectSlopes, size, values, variable } from '../../../helpers/layerSlopes.ts'

const train: Pass = { mode: 'train', seed: [7, 3] }
const evaluate: Pass = { mode: 'evaluate', seed: [7, 3] }
const norm = (sums: 'rows' | 'places') => (): TrainingLayer =>
  batchNormLayer('norm', { gamma: variable([3], 1, 2), beta: variable([3], 2), mean: variable([3], 3), variance: variable([3], 4, 2) }, { epsilon: 1e-3, momentum: 0.9, sums })

const cases: Array<{ name: string; make: () => TrainingLayer; pass?: Pass; channels?: number; places?: [number, number]; gain?: number }> = [
  { name: 'convolution of one channel, stride 1', make: () => convolutionLayer('conv', variable([3, 4, 1, 4], 1), variable([4], 2), 1), channels: 1 },
  { name: 'convolution of one channel, stride 3', make: () => convolutionLayer('conv', variable([4, 5, 1, 4], 1), variable([4], 2), 3), channels: 1 },
  { name: 'convolution, stride 1', make: () => convolutionLayer('conv', variable([2, 4, 3, 4], 1), variable([4], 2), 1) },
  { name: 'convolution, stride 1, odd kernel', make: () => convolutionLayer('conv', variable([3, 5, 3, 4], 1), variable([4], 2), 1) },
  { name: 'convolution, stride 2', make: () => convolutionLayer('conv', variable([2, 5, 3, 4], 1), variable([4], 2), 2) },
  { name: 'convolution, stride 3', make: () => convolutionLayer('conv', variable([4, 3, 3, 2], 1), variable([2], 2), 3) },
  { name: 'pointwise convolution', make: () => convolutionLayer('conv', variable([1, 1, 3, 4], 1), variable([4], 2), 1) },
  { name: 'depthwise convolution, stride 1', make: () => depthwiseLayer('conv', variable([3, 3, 3, 1], 1), variable([3], 2), 1) },
  { name: 'depthwise convolution, stride 2', make: () => depthwiseLayer('conv', variable([5, 5, 3, 1], 1), variable([3], 2), 2) },
  { name: 'depthwise convolution, stride 2, even sizes', make: () => depthwiseLayer('conv', variable([3, 3, 3, 1], 1), variable([3], 2), 2), places: [6, 4] },
  { name: 'residual', make: () => residualLayer('block', [convolutionLayer('wide', variable([1, 1, 3, 4], 1), variable([4], 2), 1), depthwiseLayer('each', variable([3, 3, 4, 1], 3), variable([4], 4), 1), convolutionLayer('narrow', variable([1, 1, 4, 3], 5), variable([3], 6), 1)]) },
  { name: 'mean', make: () => meanLayer('mean') },
  { name: 'relu6', make: () => relu6Layer('relu6'), gain: 8 },
  { name: 'dense', make: () => denseLayer('fc', variable([105, 4], 1), variable([4], 2)) },
  { name: 'batch norm in training, added up by rows', make: norm('rows') },
  { name: 'batch norm in training, added up by places', make: norm('places') },
  { name: 'batch norm in evaluation', make: norm('rows'), pass: evaluate },
  { name: 'relu', make: () => reluLayer('relu') },
  { name: 'max pool', make: () => maxPoolLayer('pool', [2, 5], [2, 2]) },
  { name: 'average pool', make: () => averagePoolLayer('pool', [2, 5], [2, 2]) },
  { name: 'Hann pool', make: () => hannPoolLayer('pool', 2) },
  { name: 'dropout', make: () => dropoutLayer('dropout', 0.5, 0) },
]

describe('a trainable layer', () => {
  beforeAll(async () => void (await loadBackend()))

  it.for(cases)('has the gradients of finite differences: $name', ({ make, pass = train, channels = 3, places = [5, 7], gain = 1 }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const layer = make()
    const shape = [2, ...places, channels]
    const x = values(size(shape), 0.5).map((v) => gain * v)
    expectGradients(layer, x, shape, pass)
  })

  it.for([{ name: 'softmax' as const }, { name: 'sigmoid' as const }])('is judged by a loss with the gradient of finite differences: $name', ({ name }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const logits = values(12, 1).map((v) => 3 * v)
    const lossOf = (z: Float32Array) => tf.tidy(() => {
      const tensor = tf.tensor(z, [3, 4])
      const { loss, gradient } = name === 'softmax' ? softmaxLoss(tensor, [1, 3, 0]) : sigmoidLoss(tensor, tf.tensor([1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0], [3, 4]))
      return [loss.dataSync()[0]!, Float32Array.from(gradient.dataSync() as Float32Array)] as unknown as tf.TensorContainer
    }) as unknown as [number, Float32Array]
    expectSlopes(lossOf(logits)[1], (z) => lossOf(z)[0], logits)
  })

  it('leaves the sum of its batch to the loss: sigmoid cross entropy of 0 against 1 is log 2', () => {
    expect(tf.tidy(() => sigmoidLoss(tf.zeros([2, 2]), tf.ones([2, 2])).loss.dataSync()[0])).toBeCloseTo(Math.LN2, 6)
  })

  it('has exact statistics of as many places as there are in a batch of cochleagrams', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const shape = [8, 211, 400, 1]
    const x = values(size(shape), 0.5).map((v) => Math.max(0, v) ** 2)
    const mean = x.reduce((sum, v) => sum + v, 0) / x.length
    const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (x.length - 1)
    const parts = { gamma: variable([1], 1, 2), beta: variable([1], 2), mean: variable([1], 3), variance: variable([1], 4, 2) }
    // At a momentum of 0 the running statistics are the batch's.
    const layer = batchNormLayer('norm', parts, { epsilon: 1e-3, momentum: 0, sums: 'rows' })
    tf.tidy(() => void layer.forward(tf.tensor(x, shape), train))
    expect(Math.abs(parts.mean.values()[0]! / mean - 1)).toBeLessThan(2e-6)
    expect(Math.abs(parts.variance.values()[0]! / variance - 1)).toBeLessThan(2e-6)
    for (const one of Object.values(parts)) one.dispose()
  })

  it.for(['rows', 'places'] as const)('moves running statistics by a tenth towards the batch, the variance divided by n - 1: %s', (sums, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    // One channel with values 1, 2, 3, 6: mean 3, squared differences 4 + 1 + 0 + 9 = 14, by 3.
    const one = (start: number) => { const t = tf.tensor1d([start]); const v = createVariable(t); t.dispose(); return v }
    const parts = { gamma: one(1), beta: one(0), mean: one(1), variance: one(2) }
    const layer = batchNormLayer('norm', parts, { epsilon: 1e-3, momentum: 0.9, sums })
    tf.tidy(() => void layer.forward(tf.tensor([1, 2, 3, 6], [4, 1, 1, 1]), train))
    expect(parts.mean.values()[0]).toBeCloseTo(0.9 * 1 + 0.1 * 3, 6)
    expect(parts.variance.values()[0]).toBeCloseTo(0.9 * 2 + (0.1 * 14) / 3, 6)
    tf.tidy(() => void layer.forward(tf.tensor([9, 9, 9, 9], [4, 1, 1, 1]), evaluate))
    expect(parts.mean.values()[0], 'after an evaluation').toBeCloseTo(1.2, 6)
    Object.values(parts).forEach((part) => part.dispose())
  })

  it('drops half of the values and doubles the rest, the same ones for the same seed and others for another', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const dropped = (seed: [number, number], place = 0) => tf.tidy(() => Array.from(dropoutLayer('d', 0.5, place).forward(tf.ones([1000]), { mode: 'train', seed }).y.dataSync()))
    expect(new Set(dropped([1, 1]))).toEqual(new Set([0, 2]))
    expect(dropped([1, 1]).filter((v) => v === 0).length / 1000).toBeCloseTo(0.5, 1)
    expect(dropped([1, 1])).toEqual(dropped([1, 1]))
    expect(dropped([1, 2])).not.toEqual(dropped([1, 1]))
    expect(dropped([1, 1], 1)).not.toEqual(dropped([1, 1]))
  })
})
