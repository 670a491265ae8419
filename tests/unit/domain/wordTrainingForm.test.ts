import { expect, it } from 'vitest'
import { checkTrainingPlan } from '../../../src-main/domain/trainingPlan.ts'
import { wordTrainingDefaults } from '../../../src-main/domain/trainingDefaults.ts'
import { networkIn } from '../../../src-main/domain/hearingNetworks.ts'
import { FieldError } from '../../../src-main/domain/formFields.ts'
import { readWordTraining, wordTrainingPlanOf, type WordTrainingForm } from '../../../src-main/domain/wordTrainingForm.ts'

const form: WordTrainingForm = {
  ...wordTrainingDefaults, name: 'digits', title: '', speech: '/d/speech.csv', backgrounds: '', words: '', cache: '', target: '', out: '/n', notes: [],
}

it('makes a plan in range of the defaults, with a name and words', () => {
  const plan = wordTrainingPlanOf(form)
  expect(checkTrainingPlan(plan)).toEqual(plan)
  expect(plan).toMatchObject({ name: 'digits', title: 'digits', form: 'aliased', channels: [16, 32, 64, 64, 64], fc: 128, heads: ['word'], steps: 1000, schedule: { kind: 'cosine', steps: 1000 }, target: {} })
  expect(plan.data).toMatchObject({ speech: '/d/speech.csv', backgrounds: null, words: null, snrDb: [-10, 10], mixtures: 2, cacheFolder: null })
})

it('understands sizes, schedules and targets as the command line writes them', () => {
  const plan = wordTrainingPlanOf({ ...form, size: '4,4,4,4,4,8', head: 'both', schedule: 'step:50:0.1', target: 'word=0.5,auc=0.8', mixtures: '0', words: 'one, two' })
  expect(plan).toMatchObject({ channels: [4, 4, 4, 4, 4], fc: 8, heads: ['word', 'sounds'], schedule: { kind: 'step', every: 50, factor: 0.1 }, target: { wordAccuracy: 0.5, meanAuc: 0.8 } })
  expect(plan.data).toMatchObject({ mixtures: null, words: ['one', 'two'] })
})

it.each([
  [{ network: 'vggish' }, { form: 'vggish', channels: [16, 32, 64, 64], fc: 128, embedding: 64 }],
  [{ network: 'vggish', size: '0.25' }, { form: 'vggish', channels: [16, 32, 64, 128], fc: 1024, embedding: 32 }],
  [{ network: 'vggish', size: '1,2,3,4,5,6' }, { form: 'vggish', channels: [1, 2, 3, 4], fc: 5, embedding: 6 }],
  [{ network: 'deepspeech', size: 'full' }, { form: 'deepspeech', cells: 2048 }],
  [{ network: 'musicnn-vgg', size: '.001' }, { form: 'musicnn-vgg', channels: 1 }],
  [{ network: 'reduced-aliasing', size: '0.5' }, { form: 'reduced-aliasing', channels: [48, 128, 256, 512, 256], fc: 2048 }],
] as const)('takes the widths of the network that is asked for: %j', (changes, network) => {
  const plan = wordTrainingPlanOf({ ...form, ...changes })
  expect(checkTrainingPlan(plan)).toEqual(plan)
  expect(networkIn(plan)).toEqual(network)
})

it('takes momentum, weight decay and dropout as they are said', () => {
  expect(wordTrainingPlanOf({ ...form, optimiser: 'sgd' })).toMatchObject({ optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 0 }, dropout: 0.5 })
  expect(wordTrainingPlanOf({ ...form, optimiser: 'sgd', momentum: '0', 'weight-decay': '1e-4', dropout: '0.1' })).toMatchObject({ optimiser: { kind: 'sgd', momentum: 0, weightDecay: 1e-4 }, dropout: 0.1 })
})

it.each([
  [{ momentum: '1' }, 'momentum', 'takes a number from 0 to below 1, not "1"'],
  [{ dropout: '-0.5' }, 'dropout', 'takes a number from 0 to below 1, not "-0.5"'],
  [{ name: '' }, 'name', 'is missing'],
  [{ speech: '' }, 'speech', 'is missing'],
  [{ network: 'resnet' }, 'network', 'takes aliased, reduced-aliasing, vggish, deepspeech, musicnn-vgg, not "resnet"'],
  [{ size: '4,4' }, 'size', 'takes small, full, a share of full such as 0.25, or six whole numbers (C0,C1,C2,C3,C4,FC) for aliased, not "4,4"'],
  [{ size: 'toString' }, 'size', 'takes small, full, a share of full such as 0.25, or six whole numbers (C0,C1,C2,C3,C4,FC) for aliased, not "toString"'],
  [{ network: 'deepspeech', size: '0' }, 'size', 'takes small, full, a share of full such as 0.25, or a whole number (CELLS) for deepspeech, not "0"'],
  [{ network: 'vggish', size: '0.0' }, 'size', 'takes small, full, a share of full such as 0.25, or six whole numbers (C1,C2,C3,C4,FC,EMBEDDING) for vggish, not "0.0"'],
  [{ steps: '1.5' }, 'steps', 'takes a whole number from 1 to 100000000, not "1.5"'],
  [{ snr: '-10' }, 'snr', 'takes 2 numbers, separated by commas, not "-10"'],
  [{ 'norm-sums': 'both' }, 'norm-sums', 'takes rows, places, not "both"'],
  [{ 'test-snr': '' }, 'test-snr', 'takes one or more numbers, separated by commas, not ""'],
  [{ schedule: 'linear' }, 'schedule', 'takes constant, cosine or step:N:F (times F, of 1 at most, every N updates), not "linear"'],
  [{ schedule: 'step:1.5:0.1' }, 'schedule', 'takes constant, cosine or step:N:F (times F, of 1 at most, every N updates), not "step:1.5:0.1"'],
  [{ schedule: 'step:50:2' }, 'schedule', 'takes constant, cosine or step:N:F (times F, of 1 at most, every N updates), not "step:50:2"'],
  [{ schedule: 'step:2:0.5:9' }, 'schedule', 'takes constant, cosine or step:N:F (times F, of 1 at most, every N updates), not "step:2:0.5:9"'],
  [{ name: 'My words' }, 'name', 'must be of small letters, digits, dots, dashes and underscores, 80 at most; "My words" is not'],
  [{ rate: '0' }, 'rate', 'takes a number above 0, not "0"'],
  [{ 'weight-decay': '-1' }, 'weight-decay', 'takes 0 or a number above it, not "-1"'],
  [{ shift: '-0.1' }, 'shift', 'takes 0 or a number above it, not "-0.1"'],
  [{ shift: 'far' }, 'shift', 'takes a number, not "far"'],
  [{ snr: '10,-10' }, 'snr', 'takes the lower of its two numbers first, not "10,-10"'],
  [{ 'loss-weights': '0,1' }, 'loss-weights', 'takes two numbers above 0, not "0,1"'],
  [{ words: 'one,two,one' }, 'words', 'takes labels separated by commas, each once, not "one,two,one"'],
  [{ words: 'one,two,' }, 'words', 'takes labels separated by commas, each once, not "one,two,"'],
  [{ target: 'auc=0.9' }, 'target', 'names no score of a head of words (word=SHARE), so "auc=0.9" would never be reached'],
  [{ head: 'sounds', target: 'word=0.9' }, 'target', 'names no score of a head of sounds (auc=AREA), so "word=0.9" would never be reached'],
  [{ target: 'label=0.9' }, 'target', 'takes word=SHARE, auc=AREA, both or "paper", not "label=0.9"'],
  [{ target: 'word=57' }, 'target', 'takes word=SHARE, auc=AREA, both or "paper", not "word=57"'],
] as const)('refuses %j, naming the field', (changes, field, message) => {
  const refused = () => wordTrainingPlanOf({ ...form, ...changes })
  expect(refused).toThrow(FieldError)
  expect(refused).toThrow(expect.objectContaining({ field, message }))
})

it.each(['word', 'sounds', 'both'])('takes levels for both heads with the head %s, so that networks can be given the same', (head) => {
  expect(wordTrainingPlanOf({ ...form, head, target: 'paper' }).target).toEqual({ wordAccuracy: 0.57, meanAuc: 0.83 })
})

it('names every field that cannot be understood', () => {
  const { plan, problems } = readWordTraining({ ...form, name: '', 'loss-weights': 'x', size: '', schedule: 'linear', words: 'one,one' })
  expect(plan).toBeNull()
  expect(problems.map(({ field }) => field).toSorted()).toEqual(['loss-weights', 'name', 'schedule', 'size', 'words'])
})
