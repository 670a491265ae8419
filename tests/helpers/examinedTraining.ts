import type { TrainingResult, Validation } from '../../src-main/domain/training.ts'
import type { Examination } from '../../src-main/domain/trainingRecords.ts'
import type { DrawnTraining } from '../../src-main/figures/plannedFigure.ts'
import { trainingPlan } from './trainingPlan.ts'

const best: Validation = { step: 6, loss: 0.8, wordAccuracy: 0.75, topFive: 1, meanAuc: 0.7, aucByLabel: [0.5, NaN, 0.9] }

export const trainingResult: TrainingResult = {
  stop: 'all steps made', steps: 6, seconds: 1, best, folder: 'out/tones', weightsHash: 'w', datasetHash: 'd', notices: [],
  tests: [
    { split: 'test', snrDb: null, clips: 8, ...best, wordAccuracy: 0.875 },
    { split: 'test', snrDb: 5, clips: 8, ...best, wordAccuracy: 0.5 },
    { split: 'test', snrDb: -5, clips: 8, ...best, wordAccuracy: 0.25, meanAuc: NaN },
    { split: 'test-unseen', snrDb: null, clips: 4, ...best, wordAccuracy: 0.625, meanAuc: null },
  ],
}

const answer = (right: number, said: number) => ({ file: 'a.wav', right, said, probability: 1 })

export const examination: Examination = {
  split: 'test', words: ['low', 'high, "very"'], sounds: ['hum', 'hiss', 'whistle'],
  answers: [answer(0, 0), answer(0, 1), answer(0, 0), answer(0, 0), answer(1, 1)],
  // Two kernels of two rows and three columns: the first is 1 in its lowest row and first column, the second -0.5 there.
  kernels: { shape: [2, 3, 1, 2], data: Float32Array.of(1, -0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) },
}

/** A training of two words and three sounds, finished and looked at. */
export const examinedTraining: DrawnTraining = { id: 1, plan: trainingPlan({ name: 'tones', heads: ['word', 'sounds'] }), stepsDone: 6, validations: [best], result: trainingResult, lossCurve: null, examination }
