import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { validAveragePoolLayer, validMaxPoolLayer, zerosLayer } from '../../../../src-main/engine/training/layers/borders.ts'
import { convolutionLayer } from '../../../../src-main/engine/training/layers/convolution.ts'
import { fixedNormLayer } from '../../../../src-main/engine/training/layers/fixedNorm.ts'
import type { Pass, TrainingLayer } from '../../../../src-main/engine/training/layers/layer.ts'
import { concatenatedLayer, summedLayer } from '../../../../src-main/engine/training/layers/parallel.ts'
import { averagePoolLayer, reluLayer } from '../../../../src-main/engine/training/layers/plainLayers.ts'
import { validConvolutionLayer } from '../../../../src-main/engine/training/layers/validConvolution.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { expectGradients, size, values, variable } from '../../../helpers/layerSlopes.ts'

const train: Pass = { mode: 'train', seed: [7, 3] }
const convolution = (name: string, output: number, phase: number): TrainingLayer => convolutionLayer(name, variable([1, 1, 3, output], phase), variable([output], phase + 1), 1)
const valid = (shape: [number, number, number, number], stride: number): TrainingLayer => validConvolutionLayer('conv', variable(shape, 1), variable([shape[3]], 2), stride)
const norm = (): TrainingLayer => fixedNormLayer('norm', { gamma: variable([3], 1, 2), beta: variable([3], 2), mean: variable([3], 3), variance: variable([3], 4, 2) }, 1e-3)

const cases: Array<{ name: string; make: () => TrainingLayer; places?: [number, number] }> = [
  { name: 'convolution without padding, stride 1', make: () => valid([3, 3, 3, 4], 1) },
  { name: 'convolution without padding, stride 1, a row', make: () => valid([1, 4, 3, 2], 1) },
  { name: 'convolution without padding, stride 2', make: () => valid([3, 3, 3, 4], 2) },
  { name: 'convolution without padding, stride 2, a rest left over', make: () => valid([3, 3, 3, 4], 2), places: [6, 8] },
  { name: 'zeros around', make: () => zerosLayer('zeros', 2) },
  { name: 'max pool without border', make: () => validMaxPoolLayer('pool', [3, 3], [2, 2]) },
  { name: 'average pool without border', make: () => validAveragePoolLayer('pool', [3, 3], [1, 1]) },
  { name: 'every other place', make: () => averagePoolLayer('every-other', [1, 1], [2, 2]), places: [6, 5] },
  { name: 'batch norm with fixed statistics', make: norm },
  { name: 'branches', make: () => concatenatedLayer('branches', [[convolution('one', 2, 1)], [averagePoolLayer('average', [3, 3], [1, 1]), convolution('two', 4, 3)]]) },
  { name: 'a branch that forks, and an empty one', make: () => concatenatedLayer('branches', [[convolution('one', 3, 1), concatenatedLayer('fork', [[convolution('two', 2, 3)], [convolution('three', 1, 5)]])], []]) },
  { name: 'a sum with a projection', make: () => summedLayer('unit', [[convolution('projection', 4, 1)], [norm(), reluLayer('relu'), convolution('widen', 4, 5)]]) },
  { name: 'a sum with the input', make: () => summedLayer('unit', [[], [convolution('narrow', 3, 1), norm()]]) },
]

describe('a trainable layer of side-by-side branches, other borders or fixed statistics', () => {
  beforeAll(async () => void (await loadBackend()))

  it.for(cases)('has the gradients of finite differences: $name', ({ make, places = [5, 7] }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const shape = [2, ...places, 3]
    expectGradients(make(), values(size(shape), 0.5), shape, train)
  })

  it('keeps its statistics in training', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const layer = norm()
    const before = layer.statistics.map(({ variable: one }) => [...one.values()])
    const [training, evaluation] = (['train', 'evaluate'] as const).map((mode) => tf.tidy(() => [...layer.forward(tf.tensor(values(30, 1), [2, 5, 1, 3]), { ...train, mode }).y.dataSync()]))
    expect(training).toEqual(evaluation)
    expect(layer.statistics.map(({ variable: one }) => [...one.values()])).toEqual(before)
    for (const { variable: one } of [...layer.trained, ...layer.statistics]) one.dispose()
  })

  it('leaves no tensor behind but its own', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const layer = summedLayer('unit', [[], [convolution('a', 3, 1), concatenatedLayer('b', [[convolution('c', 1, 2)], [convolution('d', 2, 3)]])]])
    const once = (): void => {
      const back = tf.tidy(() => layer.forward(tf.tensor(values(30, 1), [2, 5, 1, 3]), train).backward(tf.ones([2, 5, 1, 3]), true) as unknown as tf.TensorContainerObject) as unknown as { dx: tf.Tensor; gradients: tf.Tensor[] }
      tf.dispose([back.dx, ...back.gradients])
    }
    once()
    const { numTensors } = tf.memory()
    once()
    expect(tf.memory().numTensors).toBe(numTensors)
    for (const { variable: one } of layer.trained) one.dispose()
  })
})
