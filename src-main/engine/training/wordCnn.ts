import type { WordCnnNetwork } from '../../domain/hearingNetworks.ts'
import { flatSize, normEpsilon } from '../models/architectures/wordCnnSizes.ts'
import type { TrainingLayer } from './layers/layer.ts'
import { maxPoolLayer } from './layers/maxPool.ts'
import { averagePoolLayer, dropoutLayer, hannPoolLayer, reluLayer } from './layers/plainLayers.ts'
import { madeConvolution, madeDense, madeHeads, madeNorm, type HearingTraining } from './makeLayers.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'
import { variableMaker, type VariableMaker } from './variableMaker.ts'

export type WordCnnTraining = WordCnnNetwork & HearingTraining

/** The word network of 2019 with batch norms that learn, named as the finished network's weights are. */
export function trainableWordCnn(options: WordCnnTraining, start: StartValues): TrainingNetwork {
  const { form, channels, fc, heads } = options
  const [c0, c1, c2, c3, c4] = channels
  const make = variableMaker(start)
  const strided = form === 'aliased'
  const norm = (name: string, width: number) => madeNorm(make, name, width, { epsilon: normEpsilon, momentum: options.normMomentum, sums: options.normSums })
  const trunk = [
    norm('batchnorm_0', 1),
    convolution(make, 'conv_0', [7, 14, 1, c0], strided ? 3 : 1),
    ...(strided ? [maxPoolLayer('pool_0', [2, 5], [2, 2])] : [hannPoolLayer('pool_0_0', 3), hannPoolLayer('pool_0_1', 2)]),
    norm('batchnorm_1', c0),
    convolution(make, 'conv_1', [4, 8, c0, c1], strided ? 2 : 1),
    ...(strided ? [maxPoolLayer('pool_1', [2, 5], [2, 2])] : [hannPoolLayer('pool_1_0', 2), hannPoolLayer('pool_1_1', 2)]),
    norm('batchnorm_2', c1),
    convolution(make, 'conv_2', [2, 5, c1, c2], 1),
    convolution(make, 'conv_3', [2, 5, c2, c3], 1),
    convolution(make, 'conv_4', [2, 5, c3, c4], 1),
    averagePoolLayer('pool_4', [2, 5], [2, 2]),
    madeDense(make, 'fc_intermediate', flatSize(options, c4), fc),
    reluLayer('relu_fc'),
    dropoutLayer('dropout', options.dropout, 0),
  ].flat()
  return { trunk, heads: madeHeads(make, heads, fc), dispose: make.dispose }
}

function convolution(make: VariableMaker, name: string, shape: [number, number, number, number], stride: number): TrainingLayer[] {
  return [madeConvolution(make, name, shape, stride), reluLayer(name.replace('conv', 'relu'))]
}
