import type { TrainingPlan } from '../../src-main/domain/training.ts'

/** A plan for a network of a few weights. */
export function trainingPlan(changes: Partial<TrainingPlan> = {}, data: Partial<TrainingPlan['data']> = {}): TrainingPlan {
  return {
    name: 'toy-words', title: 'Toy', form: 'aliased', channels: [2, 3, 2, 3, 2], fc: 4, heads: ['word'],
    data: { speech: 'speech.csv', backgrounds: null, words: null, snrDb: [-10, 10], shiftS: 0.1, mixtures: 1, cacheFolder: null, seed: 1, ...data },
    batchSize: 4, accumulate: 1, optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }, rate: 0.001, schedule: { kind: 'constant' },
    lossWeights: { word: 1, sounds: 10 }, dropout: 0.5, normMomentum: 0.9, steps: 6, validateEvery: 3, target: {}, testSnrsDb: [0], seed: 1, outFolder: 'out', licence: 'MIT', notes: [],
    ...changes,
  }
}
