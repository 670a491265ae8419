import { hearingForms, networkOfWidths, widthLists, type HearingForm, type HearingNetwork } from './hearingNetworks.ts'
import { headNames, normSumNames, paperTarget, type WordTrainingPlan } from './training.ts'
import { wordTrainingDefaults } from './trainingDefaults.ts'
import { commonDataOf, commonSettingsOf, FieldError, labelsIn, numberOf, numbersOf, oneOf, readForm, required, targetOf, versionsIn, type CommonTrainingField, type ReadForm, type TrainingForm } from './trainingForm.ts'

export type WordTrainingField = CommonTrainingField | 'speech' | 'backgrounds' | 'words' | 'network' | 'size' | 'head' | 'loss-weights' | 'snr' | 'shift' | 'mixtures' | 'test-snr' | 'norm-sums'
export type WordTrainingForm = TrainingForm<WordTrainingField>

/**
 * The plan that the texts mean, of the training of a network that hears. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function wordTrainingPlanOf(form: WordTrainingForm): WordTrainingPlan {
  return {
    ...commonSettingsOf(form),
    ...networkOf(form),
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
    normSums: oneOf(form, 'norm-sums', normSumNames),
    target: form.target === 'paper' ? { ...paperTarget } : targetOf(form, { word: 'wordAccuracy', auc: 'meanAuc' }, 'word=SHARE, auc=AREA, both or "paper"'),
    testSnrsDb: numbersOf(form, 'test-snr'),
  }
}

/** The same, or every field that cannot be understood. */
export function readWordTraining(form: WordTrainingForm): ReadForm<WordTrainingPlan> {
  return readForm(form, wordTrainingPlanOf, { speech: 'speech', ...wordTrainingDefaults })
}

function networkOf(form: WordTrainingForm): HearingNetwork {
  const network = oneOf(form, 'network', hearingForms)
  return networkOfWidths(network, widthsOf(form.size, network))
}

/** Widths as they are said: by name, as a share of the full ones, or one by one. */
function widthsOf(size: string, network: HearingForm): readonly number[] {
  const { small, full, written } = widthLists[network]
  if (size === 'small' || size === 'full') return { small, full }[size]
  if (/^0?\.\d*[1-9]\d*$/.test(size)) return full.map((width) => Math.max(1, Math.round(Number(size) * width)))
  const widths = size.split(',').map(Number)
  if (widths.length === full.length && widths.every((width) => Number.isInteger(width) && width > 0)) return widths
  throw new FieldError('size', `takes small, full, a share of full such as 0.25, or ${numberWords[full.length]} (${written}) for ${network}, not "${size}"`)
}

const numberWords: Readonly<Record<number, string>> = { 1: 'a whole number', 6: 'six whole numbers' }

function lossWeightsOf(form: WordTrainingForm): WordTrainingPlan['lossWeights'] {
  const [word, sounds] = numbersOf(form, 'loss-weights', 2) as [number, number]
  return { word, sounds }
}
