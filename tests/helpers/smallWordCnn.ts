import type { WordCnnTraining } from '../../src-main/engine/training/wordCnn.ts'
import type { TrainingNetwork } from '../../src-main/engine/training/trainingNetwork.ts'
import { trainableWordCnn } from '../../src-main/engine/training/wordCnn.ts'
import type { TrainerSettings, TrainingBatch } from '../../src-main/engine/training/trainNetwork.ts'
import { waveBatch, waveWeights } from './trainingWaves.ts'

/** A word network small enough to train in a test, and small enough for another program's golden values. */
export const smallSizes: Omit<WordCnnTraining, 'form' | 'heads'> = { channels: [4, 6, 8, 7, 5], fc: 10, rows: 41, columns: 60, dropout: 0, normSums: 'rows', normMomentum: 0.9 }
export const smallInput = [41, 60, 1] as const

/** The same waves as in bench/golden/torchTraining.py: the phase of a weight is its place in this list. */
const places = ['batchnorm_0.gamma', 'batchnorm_0.beta', 'conv_0.kernel', 'conv_0.bias', 'batchnorm_1.gamma', 'batchnorm_1.beta', 'conv_1.kernel', 'conv_1.bias', 'batchnorm_2.gamma', 'batchnorm_2.beta', 'conv_2.kernel', 'conv_2.bias', 'conv_3.kernel', 'conv_3.bias', 'conv_4.kernel', 'conv_4.bias', 'fc_intermediate.kernel', 'fc_intermediate.bias', 'fc_top.kernel', 'fc_top.bias', 'fc_top_audioset.kernel', 'fc_top_audioset.bias']

export const smallStart = waveWeights((name) => places.indexOf(name))

export function smallNetwork(options: Partial<WordCnnTraining> = {}): TrainingNetwork {
  return trainableWordCnn({ ...smallSizes, form: 'aliased', heads: { word: 5 }, ...options }, smallStart)
}

export function smallBatch(index: number, size = 6, sounds = 0): TrainingBatch {
  return waveBatch(index, { shape: smallInput, size, sounds })
}

export const smallSettings: TrainerSettings = {
  optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 0.001 },
  rate: 0.02,
  schedule: { kind: 'constant' },
  lossWeights: { word: 1, sounds: 3 },
  seed: 1,
}
