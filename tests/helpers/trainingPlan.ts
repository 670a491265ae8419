import type { HearingNetwork } from '../../src-main/domain/hearingNetworks.ts'
import type { PictureTrainingPlan, WordTrainingPlan } from '../../src-main/domain/trainingPlan.ts'

const toy: HearingNetwork = { form: 'aliased', channels: [2, 3, 2, 3, 2], fc: 4 }

/** A plan for a network of a few weights. */
export function trainingPlan(changes: Partial<Omit<WordTrainingPlan, 'form'>> = {}, data: Partial<WordTrainingPlan['data']> = {}, network = toy): WordTrainingPlan {
  return {
    name: 'toy-words', title: 'Toy', ...network, heads: ['word'],
    data: { speech: 'speech.csv', backgrounds: null, words: null, snrDb: [-10, 10], shiftS: 0.1, mixtures: 1, cacheFolder: null, seed: 1, ...data },
    batchSize: 4, accumulate: 1, optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }, rate: 0.001, schedule: { kind: 'constant' },
    lossWeights: { word: 1, sounds: 10 }, dropout: 0.5, normMomentum: 0.9, normSums: 'rows', steps: 6, validateEvery: 3, target: {}, testSnrsDb: [0], seed: 1, outFolder: 'out', licence: 'MIT', notes: [],
    ...changes,
  }
}

/** A plan for a classifier of pictures whose last stages learn. */
export function pictureTrainingPlan(changes: Partial<PictureTrainingPlan> = {}, data: Partial<PictureTrainingPlan['data']> = {}): PictureTrainingPlan {
  const { name, title, batchSize, accumulate, optimiser, rate, schedule, steps, validateEvery, target, seed, outFolder, licence, notes } = trainingPlan()
  return {
    kind: 'pictures', base: 'efficientnet-lite0', from: 'head', data: { pictures: 'pictures', labels: null, views: 2, smallestArea: 0.3, cacheFolder: null, seed: 1, ...data }, dropout: 0.2,
    name, title, batchSize, accumulate, optimiser, rate, schedule, steps, validateEvery, target, seed, outFolder, licence, notes,
    ...changes,
  }
}
