import { FieldError, labelsIn, notNegativeOf, numbersOf, oneOf, required, versionsIn } from './formFields.ts'
import { hearingForms, networkOfWidths, widthLists, type HearingForm, type HearingNetwork } from './hearingNetworks.ts'
import { headNames, normSumNames, paperTarget, type HeadName, type WordTrainingPlan } from './trainingPlan.ts'
import { wordTrainingDefaults } from './trainingDefaults.ts'
import { commonDataOf, commonSettingsOf, readForm, targetOf, type CommonTrainingField, type ReadForm, type TrainingForm } from './trainingForm.ts'

export type WordTrainingField = CommonTrainingField | 'speech' | 'backgrounds' | 'words' | 'network' | 'size' | 'head' | 'loss-weights' | 'snr' | 'shift' | 'mixtures' | 'test-snr' | 'norm-sums'
export type WordTrainingForm = TrainingForm<WordTrainingField>

/**
 * The plan that the texts mean, of the training of a network that hears. Paths are taken as they are.
 *
 * @throws FieldError of the first field that cannot be understood
 */
export function wordTrainingPlanOf(form: WordTrainingForm): WordTrainingPlan {
  const heads = form.head === 'both' ? [...headNames] : [oneOf(form, 'head', headNames)]
  return {
    ...commonSettingsOf(form),
    ...networkOf(form),
    heads,
    data: {
      speech: required(form, 'speech'),
      backgrounds: form.backgrounds || null,
      words: labelsIn(form, 'words'),
      snrDb: snrOf(form),
      shiftS: notNegativeOf(form, 'shift'),
      mixtures: versionsIn(form, 'mixtures'),
      ...commonDataOf(form),
    },
    lossWeights: lossWeightsOf(form),
    normMomentum: 0.95,
    normSums: oneOf(form, 'norm-sums', normSumNames),
    target: targetFor(form, heads),
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

function snrOf(form: WordTrainingForm): [number, number] {
  const [low, high] = numbersOf(form, 'snr', 2) as [number, number]
  if (low <= high) return [low, high]
  throw new FieldError('snr', `takes the lower of its two numbers first, not "${form.snr}"`)
}

function lossWeightsOf(form: WordTrainingForm): WordTrainingPlan['lossWeights'] {
  const [word, sounds] = numbersOf(form, 'loss-weights', 2) as [number, number]
  if (word > 0 && sounds > 0) return { word, sounds }
  throw new FieldError('loss-weights', `takes two numbers above 0, not "${form['loss-weights']}"`)
}

/** Levels that concern none of the heads would never be reached; those of a head that is not there may stand beside others, so that networks are given the same. */
function targetFor(form: WordTrainingForm, heads: readonly HeadName[]): WordTrainingPlan['target'] {
  const target = form.target === 'paper' ? { ...paperTarget } : targetOf(form, { word: 'wordAccuracy', auc: 'meanAuc' }, 'word=SHARE, auc=AREA, both or "paper"')
  const levels = heads.map((head) => target[head === 'word' ? 'wordAccuracy' : 'meanAuc'])
  if (form.target === '' || levels.some((level) => level !== undefined)) return target
  throw new FieldError('target', `names no score of a head of ${heads[0] === 'word' ? 'words (word=SHARE)' : 'sounds (auc=AREA)'}, so "${form.target}" would never be reached`)
}
