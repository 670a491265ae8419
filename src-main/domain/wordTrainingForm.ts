import { headNames, paperTarget, wordCnnForms, type WordTrainingPlan } from './training.ts'
import { wordNetworkSizes, wordTrainingDefaults } from './trainingDefaults.ts'
import { commonDataOf, commonSettingsOf, FieldError, labelsIn, numberOf, numbersOf, oneOf, readForm, required, targetOf, versionsIn, type CommonTrainingField, type ReadForm, type TrainingForm } from './trainingForm.ts'

export type WordTrainingField = CommonTrainingField | 'speech' | 'backgrounds' | 'words' | 'network' | 'size' | 'head' | 'loss-weights' | 'snr' | 'shift' | 'mixtures' | 'test-snr'
export type WordTrainingForm = TrainingForm<WordTrainingField>

/**
 * The plan of a training of words that the texts mean. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function wordTrainingPlanOf(form: WordTrainingForm): WordTrainingPlan {
  return {
    ...commonSettingsOf(form),
    form: oneOf(form, 'network', wordCnnForms),
    ...sizeOf(form),
    heads: form.head === 'both' ? [...headNames] : [oneOf(form, 'head', headNames)],
    data: {
      speech: required(form, 'speech'),
      backgrounds: form.backgrounds || null,
      words: labelsIn(form.words),
      snrDb: numbersOf(form, 'snr', 2) as [number, number],
      shiftS: numberOf(form, 'shift'),
      mixtures: versionsIn(form, 'mixtures'),
      ...commonDataOf(form),
    },
    lossWeights: lossWeightsOf(form),
    normMomentum: 0.95,
    target: form.target === 'paper' ? { ...paperTarget } : targetOf(form, { word: 'wordAccuracy', auc: 'meanAuc' }, 'word=SHARE, auc=AREA, both or "paper"'),
    testSnrsDb: numbersOf(form, 'test-snr'),
  }
}

/** The same, or every field that cannot be understood. */
export function readWordTraining(form: WordTrainingForm): ReadForm<WordTrainingPlan> {
  return readForm(form, wordTrainingPlanOf, { speech: 'speech', ...wordTrainingDefaults })
}

function sizeOf({ size }: WordTrainingForm): Pick<WordTrainingPlan, 'channels' | 'fc'> {
  if (Object.hasOwn(wordNetworkSizes, size)) return wordNetworkSizes[size]!
  const widths = size.split(',').map(Number)
  if (widths.length !== 6 || !widths.every((width) => Number.isInteger(width) && width > 0)) throw new FieldError('size', `takes small, full or six whole numbers, not "${size}"`)
  return { channels: widths.slice(0, 5) as WordTrainingPlan['channels'], fc: widths[5]! }
}

function lossWeightsOf(form: WordTrainingForm): WordTrainingPlan['lossWeights'] {
  const [word, sounds] = numbersOf(form, 'loss-weights', 2) as [number, number]
  return { word, sounds }
}
