import { expect, it } from 'vitest'
import type { EndOfTraining } from '../../../../src-main/worker/training/trainingSubject.ts'
import { trainingNote } from '../../../../src-main/worker/training/trainingNote.ts'
import { pictureTrainingPlan, trainingPlan } from '../../../helpers/trainingPlan.ts'

const best = { step: 100, loss: 1, wordAccuracy: 0.9, topFive: 1, meanAuc: null, aucByLabel: null }
const end: EndOfTraining = { stop: 'target reached', steps: 150, seconds: 1, best, tests: [], datasetHash: '', notices: [] }

it('states every setting that it takes to repeat a training, with each rate it went on with', () => {
  const constant = { kind: 'constant' as const }
  const plan = trainingPlan({ optimiser: { kind: 'sgd', momentum: 0.8, weightDecay: 0.0001 }, target: { wordAccuracy: 0.88, meanAuc: 0.9 }, steps: 600, validateEvery: 25, accumulate: 2 })
  expect(trainingNote(plan, { ...end, rates: [{ from: 0, rate: 0.01, schedule: constant }, { from: 120, rate: 0.001, schedule: constant }] })).toBe(
    'Training: SGD with momentum 0.8, weight decay 0.0001, rate 0.01 (constant) up to update 120, 0.001 (constant) from then on, 2 batches of 4 added up, dropout 0.5, seed 1; 150 updates, ended because: target reached. ' +
      'Target word=0.88,auc=0.9; at most 600 updates, validated every 25. Kept: the network after 100 updates.',
  )
  expect(trainingNote(pictureTrainingPlan({ target: {} }), end)).toMatch(/^Training: Adam \(0.9, 0.999, epsilon 1e-8\), weight decay 0, rate 0.001 \(constant\), batches of 4, dropout 0.2, .*No target; /)
})
