import { musicnnEpsilon, musicnnFlatSize, musicnnPools } from '../models/architectures/musicnnVgg.ts'
import { validMaxPoolLayer } from './layers/borders.ts'
import { dropoutLayer, reluLayer } from './layers/plainLayers.ts'
import { madeConvolution, madeHeads, madeNorm, type HearingTraining } from './makeLayers.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'
import { variableMaker } from './variableMaker.ts'

export interface MusicnnVggTraining extends HearingTraining {
  /** Of every convolution. */
  channels: number
}

/** musicnn's VGG with heads of its own, and batch norms that learn. Its weight file has other names: see `musicnnFileName`. */
export function trainableMusicnnVgg({ channels, heads, dropout, normMomentum, normSums }: MusicnnVggTraining, start: StartValues): TrainingNetwork {
  const make = variableMaker(start)
  const norm = { epsilon: musicnnEpsilon, momentum: normMomentum, sums: normSums }
  const trunk = [
    madeNorm(make, 'batch_normalization', 1, norm),
    ...musicnnPools.flatMap(({ window, strides }, i) => {
      const name = `${i + 1}CNN`
      return [
        madeConvolution(make, name, [3, 3, i === 0 ? 1 : channels, channels]),
        reluLayer(`${name}.relu`),
        madeNorm(make, `batch_normalization_${i + 1}`, channels, norm),
        validMaxPoolLayer(`pool${i + 1}`, window, strides),
      ]
    }),
    dropoutLayer('dropout', dropout, 0),
  ]
  return { trunk, heads: madeHeads(make, heads, musicnnFlatSize(channels)), dispose: make.dispose }
}

/** Name of a weight in the file, where those of the published network stand as TensorFlow named them. */
export function musicnnFileName(name: string): string {
  const [layer, part] = name.split('.') as [string, string]
  return layer.startsWith('fc_top') ? name : `${layer}/${part === 'mean' || part === 'variance' ? `moving_${part}` : part}`
}
