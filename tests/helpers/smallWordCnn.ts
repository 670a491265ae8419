import type { WordCnnTraining } from '../../src-main/engine/training/wordCnn.ts'
import type { StartValues, TrainingNetwork } from '../../src-main/engine/training/trainingNetwork.ts'
import { trainableWordCnn } from '../../src-main/engine/training/wordCnn.ts'
import type { TrainerSettings, TrainingBatch } from '../../src-main/engine/training/trainNetwork.ts'

/** A word network small enough to train in a test, and small enough for another program's golden values. */
export const smallSizes: Omit<WordCnnTraining, 'form' | 'heads'> = { channels: [4, 6, 8, 7, 5], fc: 10, rows: 41, columns: 60, dropout: 0, normMomentum: 0.9 }
export const smallInput = [41, 60, 1] as const

/** The same waves as in bench/golden/torchTraining.py: weights by their place in this list. */
const places = ['batchnorm_0.gamma', 'batchnorm_0.beta', 'conv_0.kernel', 'conv_0.bias', 'batchnorm_1.gamma', 'batchnorm_1.beta', 'conv_1.kernel', 'conv_1.bias', 'batchnorm_2.gamma', 'batchnorm_2.beta', 'conv_2.kernel', 'conv_2.bias', 'conv_3.kernel', 'conv_3.bias', 'conv_4.kernel', 'conv_4.bias', 'fc_intermediate.kernel', 'fc_intermediate.bias', 'fc_top.kernel', 'fc_top.bias', 'fc_top_audioset.kernel', 'fc_top_audioset.bias']

export const smallStart: StartValues = (name, shape) => {
  const length = shape.reduce((a, b) => a * b, 1)
  if (name.endsWith('.mean')) return new Float32Array(length)
  if (name.endsWith('.variance')) return new Float32Array(length).fill(1)
  const centre = name.endsWith('.gamma') ? 1 : 0
  const scale = name.endsWith('.kernel') ? Math.sqrt(3 / (length / shape.at(-1)!)) : 0.2
  return wave(length, places.indexOf(name), scale, centre)
}

function wave(length: number, phase: number, scale: number, centre = 0): Float32Array {
  return Float32Array.from({ length }, (_, i) => centre + scale * Math.sin(1.7 * i + 0.13 * i * i + phase))
}

export function smallNetwork(options: Partial<WordCnnTraining> = {}): TrainingNetwork {
  return trainableWordCnn({ ...smallSizes, form: 'aliased', heads: { word: 5 }, ...options }, smallStart)
}

export function smallBatch(index: number, size = 6, sounds = 0): TrainingBatch {
  const [rows, columns] = smallInput
  return {
    size,
    inputs: wave(size * rows * columns, 100 + index, 1, 1),
    words: Array.from({ length: size }, (_, i) => (i + index) % 5),
    sounds: sounds ? Float32Array.from({ length: size * sounds }, (_, i) => Number((i * 7 + index) % 3 === 0)) : null,
  }
}

export const smallSettings: TrainerSettings = {
  optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 0.001 },
  rate: 0.02,
  schedule: { kind: 'constant' },
  lossWeights: { word: 1, sounds: 3 },
  seed: 1,
}
