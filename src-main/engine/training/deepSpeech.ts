import { deepSpeechCeiling } from '../models/architectures/deepSpeech.ts'
import type { TrainingLayer } from './layers/layer.ts'
import { lstmLayer } from './layers/lstm.ts'
import { dropoutLayer } from './layers/plainLayers.ts'
import { clippedReluLayer, meanOverLayer } from './layers/stepLayers.ts'
import { madeDense, madeHeads, type HearingTraining } from './makeLayers.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'
import { variableMaker } from './variableMaker.ts'

export interface DeepSpeechTraining extends HearingTraining {
  cells: number
}

/** DeepSpeech with heads on the mean over steps of layer_5 in place of its letters, named as the finished network's weights are. */
export function trainableDeepSpeech({ cells, heads, rows: steps, columns: inputs, dropout }: DeepSpeechTraining, start: StartValues): TrainingNetwork {
  const make = variableMaker(start)
  // A dense layer takes every step as a row of its own.
  const rectified = (name: string, from: number): TrainingLayer[] => [madeDense(make, name, from, cells), clippedReluLayer(`${name}.relu`, deepSpeechCeiling)]
  const trunk = [
    ...rectified('layer_1', inputs),
    ...rectified('layer_2', cells),
    ...rectified('layer_3', cells),
    lstmLayer('lstm', make('lstm.kernel', [2 * cells, 4 * cells]), make('lstm.bias', [4 * cells]), steps),
    ...rectified('layer_5', cells),
    meanOverLayer('mean', steps),
    dropoutLayer('dropout', dropout, 0),
  ]
  return { trunk, heads: madeHeads(make, heads, cells), dispose: make.dispose }
}
