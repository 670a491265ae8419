import { expect, it } from 'vitest'
import type { TrainingResult, TrainingSummary } from '../../../../../src-main/domain/training.ts'
import { trainingFacts } from '../../../../../src-renderer/panels/training/trainingFacts.ts'
import { pictureTrainingPlan, trainingPlan } from '../../../../helpers/trainingPlan.ts'

const best = { step: 3, loss: 1, wordAccuracy: 0.5, topFive: 1, meanAuc: null, aucByLabel: null }
const result: TrainingResult = { stop: 'target reached', steps: 6, seconds: 60, best, tests: [], folder: '/n', weightsHash: 'a', datasetHash: 'b', notices: ['2 of them were converted.'] }
const factsOf = (plan: TrainingSummary['plan'], of: TrainingResult | null = null) => new Map(trainingFacts({ plan, result: of, environment: null }))

it('tells of a training of words its heads, mixtures and SNRs', () => {
  const facts = factsOf(trainingPlan({}, { backgrounds: 'b.csv' }), result)
  expect([facts.get('Network'), facts.get('Heads'), facts.get('SNR'), facts.get('Backgrounds')]).toEqual(['aliased, channels 2, 3, 2, 3, 2, dense 4', 'word', '−10 to 10 dB, shifts up to 0.1 s', 'b.csv'])
  expect([facts.get('Batches'), facts.get('Sounds')]).toEqual(['4, 1 mixtures of each clip', '2 of them were converted.'])
})

it('tells of a training of pictures its first network, views and why it ended, and nothing of sounds', () => {
  const facts = factsOf(pictureTrainingPlan(), result)
  expect(facts.get('Ended')).toMatch(/^target reached after 6 updates, .*; kept: the network after 3$/)
  expect([facts.get('Network'), facts.get('Batches')]).toEqual(['efficientnet-lite0, head and all after it learn', '4, 2 views of each picture'])
  expect([facts.get('Views'), facts.get('Pictures'), facts.get('Notes')]).toEqual(["30 % of the picture's area or more, mirrored or not", 'pictures', '2 of them were converted.'])
  expect(['Heads', 'SNR', 'Words', 'Backgrounds', 'Sounds'].filter((name) => facts.has(name))).toEqual([])
  expect(factsOf(pictureTrainingPlan()).get('Pictures')).toBe('pictures')
  expect(factsOf(trainingPlan({}, {}, { form: 'vggish', channels: [1, 2, 3, 4], fc: 5, embedding: 6 })).get('Network')).toBe('vggish, channels 1, 2, 3, 4, dense 5, embedding 6')
})

it('tells every rate that a training went on with, and what was in its files, where that is known', () => {
  const constant = { kind: 'constant' as const }
  const plan = trainingPlan({ optimiser: { kind: 'sgd', momentum: 0.8, weightDecay: 0 }, rate: 0.001 })
  const facts = factsOf(plan, { ...result, contentsHash: 'c', rates: [{ from: 0, rate: 0.01, schedule: constant }, { from: 120, rate: 0.001, schedule: constant }] })
  expect([facts.get('Optimiser'), facts.get('Rates'), facts.get('Files')]).toEqual(['sgd, momentum 0.8, rate 0.001, constant, dropout 0.5', 'rate 0.01 (constant) up to update 120, 0.001 (constant) from then on', 'c'])
  const before = factsOf(plan, result)
  expect([before.has('Rates'), before.has('Files')]).toEqual([false, false])
})
