import { vggishFlatSize, vggishGroups, vggishPatch, type VggishSizes } from '../models/architectures/vggish.ts'
import { maxPoolLayer } from './layers/maxPool.ts'
import { dropoutLayer, reluLayer } from './layers/plainLayers.ts'
import { meanOverLayer, reshapeLayer } from './layers/stepLayers.ts'
import { madeConvolution, madeDense, madeHeads, type HearingTraining } from './makeLayers.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'
import { variableMaker } from './variableMaker.ts'

export type VggishTraining = Omit<VggishSizes, 'outputs'> & HearingTraining

/** VGGish with heads on the mean over patches of the rectified embedding, named as the finished network's weights are. */
export function trainableVggish({ channels, fc, embedding, heads, rows, dropout }: VggishTraining, start: StartValues): TrainingNetwork {
  const make = variableMaker(start)
  const patches = rows / vggishPatch[0]
  const dense = (name: string, inputs: number, outputs: number) => [madeDense(make, name, inputs, outputs), reluLayer(`${name}.relu`)]
  const trunk = [
    reshapeLayer('patches', [-1, ...vggishPatch, 1]),
    ...vggishGroups.flatMap((names, g) => [
      ...names.flatMap((name, i) => {
        const before = i > 0 ? channels[g]! : (channels[g - 1] ?? 1)
        return [madeConvolution(make, name, [3, 3, before, channels[g]!]), reluLayer(`${name}.relu`)]
      }),
      maxPoolLayer(`pool${g + 1}`, [2, 2], [2, 2]),
    ]),
    ...dense('fc1_1', vggishFlatSize(channels), fc),
    ...dense('fc1_2', fc, fc),
    ...dense('fc2', fc, embedding),
    meanOverLayer('mean', patches),
    dropoutLayer('dropout', dropout, 0),
  ]
  return { trunk, heads: madeHeads(make, heads, embedding), dispose: make.dispose }
}
