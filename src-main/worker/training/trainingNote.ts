import type { TrainingPlan } from '../../domain/trainingPlan.ts'
import { ratesFrom, ratesText } from '../../domain/trainingRates.ts'
import type { EndOfTraining } from './trainingSubject.ts'

/** Sentences for the card: how the weights came about, with every setting that it takes to make them again beside those of the data. */
export function trainingNote(plan: TrainingPlan, { stop, steps, best, rates }: EndOfTraining): string {
  const { batchSize, accumulate, dropout, seed, validateEvery } = plan
  const batches = accumulate === 1 ? `batches of ${batchSize}` : `${accumulate} batches of ${batchSize} added up`
  return [
    `Training: ${optimiserText(plan.optimiser)}, ${ratesText(rates ?? ratesFrom([], 0, plan))}, ${batches}, dropout ${dropout}, seed ${seed}; ${steps} updates, ended because: ${stop}.`,
    `${targetText(plan)}; at most ${plan.steps} updates, validated every ${validateEvery}.`,
    `Kept: the network after ${best.step} updates.`,
  ].join(' ')
}

function optimiserText(optimiser: TrainingPlan['optimiser']): string {
  const decay = `weight decay ${optimiser.weightDecay}`
  if (optimiser.kind === 'sgd') return `SGD with momentum ${optimiser.momentum}, ${decay}`
  return `Adam (${optimiser.beta1}, ${optimiser.beta2}, epsilon ${optimiser.epsilon}), ${decay}`
}

function targetText({ kind, target: { wordAccuracy, meanAuc } }: TrainingPlan): string {
  const levels = [
    ...(wordAccuracy === undefined ? [] : [`${kind === 'pictures' ? 'label' : 'word'}=${wordAccuracy}`]),
    ...(meanAuc === undefined ? [] : [`auc=${meanAuc}`]),
  ]
  return levels.length === 0 ? 'No target' : `Target ${levels.join(',')}`
}
