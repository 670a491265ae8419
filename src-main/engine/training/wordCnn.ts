import type { WordCnnForm } from '../../domain/training.ts'
import { headsOf, type HeadOutputs } from '../models/architectures/wordCnnHeads.ts'
import type { WordCnnSizes } from '../models/architectures/wordCnnSizes.ts'
import { flatSize, normEpsilon } from '../models/architectures/wordCnnSizes.ts'
import { batchNormLayer } from './layers/batchNorm.ts'
import { convolutionLayer } from './layers/convolution.ts'
import { denseLayer } from './layers/dense.ts'
import type { TrainingLayer } from './layers/layer.ts'
import { maxPoolLayer } from './layers/maxPool.ts'
import { averagePoolLayer, dropoutLayer, hannPoolLayer, reluLayer } from './layers/plainLayers.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'
import { variableMaker, type VariableMaker } from './variableMaker.ts'

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
