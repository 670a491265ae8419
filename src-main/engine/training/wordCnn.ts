import * as tf from '@tensorflow/tfjs-core'
import type { HeadName, WordCnnForm } from '../../domain/training.ts'
import { headsOf, type HeadOutputs } from '../models/architectures/wordCnnHeads.ts'
import type { WordCnnSizes } from '../models/architectures/wordCnnSizes.ts'
import { flatSize, normEpsilon } from '../models/architectures/wordCnnSizes.ts'
import { createVariable, type Variable } from '../native/variable.ts'
import { batchNormLayer } from './layers/batchNorm.ts'
import { convolutionLayer } from './layers/convolution.ts'
import { denseLayer } from './layers/dense.ts'
import type { TrainingLayer } from './layers/layer.ts'
import { maxPoolLayer } from './layers/maxPool.ts'
import { averagePoolLayer, dropoutLayer, hannPoolLayer, reluLayer } from './layers/plainLayers.ts'

export interface WordCnnTraining extends Pick<WordCnnSizes, 'channels' | 'fc'> {
  form: WordCnnForm
  /** Outputs of each head. */
  heads: HeadOutputs
  /** Of the cochleagram. */
  rows: number
  columns: number
  /** Share of fc_intermediate that is left out in training. @source paper's later code: 0.5 */
  dropout: number
  /** Of the running statistics. */
  normMomentum: number
}

/** A network in training: layers in order, then the heads side by side. */
export interface TrainingNetwork {
  trunk: readonly TrainingLayer[]
  heads: ReadonlyArray<{ head: HeadName; layer: TrainingLayer }>
  dispose(): void
}

/** Gives a weight its first values: row-major, by its name in the weight file. */
export type StartValues = (name: string, shape: number[]) => Float32Array

/** The word network of 2019 with batch norms that learn, named as the finished network's weights are. */
export function trainableWordCnn(options: WordCnnTraining, start: StartValues): TrainingNetwork {
  const { form, channels, fc, heads } = options
  const [c0, c1, c2, c3, c4] = channels
  const make = variableMaker(start)
  const strided = form === 'aliased'
  const trunk = [
    norm(make, 'batchnorm_0', 1, options),
    convolution(make, 'conv_0', [7, 14, 1, c0], strided ? 3 : 1),
    ...(strided ? [maxPoolLayer('pool_0', [2, 5], [2, 2])] : [hannPoolLayer('pool_0_0', 3), hannPoolLayer('pool_0_1', 2)]),
    norm(make, 'batchnorm_1', c0, options),
    convolution(make, 'conv_1', [4, 8, c0, c1], strided ? 2 : 1),
    ...(strided ? [maxPoolLayer('pool_1', [2, 5], [2, 2])] : [hannPoolLayer('pool_1_0', 2), hannPoolLayer('pool_1_1', 2)]),
    norm(make, 'batchnorm_2', c1, options),
    convolution(make, 'conv_2', [2, 5, c1, c2], 1),
    convolution(make, 'conv_3', [2, 5, c2, c3], 1),
    convolution(make, 'conv_4', [2, 5, c3, c4], 1),
    averagePoolLayer('pool_4', [2, 5], [2, 2]),
    dense(make, 'fc_intermediate', flatSize(options, c4), fc),
    reluLayer('relu_fc'),
    dropoutLayer('dropout', options.dropout, 0),
  ].flat()
  return {
    trunk,
    heads: headsOf(heads).map(({ head, weights, outputs }) => ({ head, layer: dense(make, weights, fc, outputs) })),
    dispose: make.dispose,
  }
}

interface VariableMaker {
  (name: string, shape: number[]): Variable
  dispose(): void
}

function variableMaker(start: StartValues): VariableMaker {
  const made: Variable[] = []
  const make = (name: string, shape: number[]): Variable => {
    const value = tf.tensor(start(name, shape), shape)
    const variable = createVariable(value)
    value.dispose()
    made.push(variable)
    return variable
  }
  return Object.assign(make, { dispose: () => made.forEach((variable) => variable.dispose()) })
}

function convolution(make: VariableMaker, name: string, shape: [number, number, number, number], stride: number): TrainingLayer[] {
  const kernel = make(`${name}.kernel`, shape)
  return [convolutionLayer(name, kernel, make(`${name}.bias`, [shape[3]]), stride), reluLayer(name.replace('conv', 'relu'))]
}

function dense(make: VariableMaker, name: string, inputs: number, outputs: number): TrainingLayer {
  const kernel = make(`${name}.kernel`, [inputs, outputs])
  return denseLayer(name, kernel, make(`${name}.bias`, [outputs]))
}

function norm(make: VariableMaker, name: string, channels: number, { normMomentum }: WordCnnTraining): TrainingLayer {
  const one = (part: string) => make(`${name}.${part}`, [channels])
  const variables = { gamma: one('gamma'), beta: one('beta'), mean: one('mean'), variance: one('variance') }
  return batchNormLayer(name, variables, { epsilon: normEpsilon, momentum: normMomentum })
}
