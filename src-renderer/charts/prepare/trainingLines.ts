import type { RatePeriod, TrainingSummary, Validation } from '../../../src-main/domain/training.ts'
import type { TrainingPlan } from '../../../src-main/domain/trainingPlan.ts'
import { rateParts, type RatePoint } from '../../../src-main/domain/trainingRates.ts'
import type { LossHistory } from '../../../src-main/domain/trainingRecords.ts'
import type { Line } from './lines.ts'
import { lossPoints } from './lossPoints.ts'

interface LiveLosses {
  update: ArrayLike<number>
  loss: ArrayLike<number>
}

/** About the pixels across a chart. */
const buckets = 200

/** The loss of the training, stored and reported since, and of its validations. */
export function lossLines({ validations }: Pick<TrainingSummary, 'validations'>, stored: LossHistory | null, live: LiveLosses | null, colours: { training: string; validation: string }): Line[] {
  return [
    { name: 'training', colour: colours.training, points: lossPoints(stored, live, buckets) },
    { name: 'validation', colour: colours.validation, points: pointsOf(validations, ({ loss }) => loss), dots: true },
  ]
}

/** The validation scores that there are: accuracy, mean AUC. @param accuracy  what the first is called */
export function scoreLines({ validations }: Pick<TrainingSummary, 'validations'>, accuracy: string, colours: { accuracy: string; auc: string }): Line[] {
  const lines = [
    { name: accuracy, colour: colours.accuracy, points: pointsOf(validations, ({ wordAccuracy }) => wordAccuracy), dots: true },
    { name: 'mean AUC', colour: colours.auc, points: pointsOf(validations, ({ meanAuc }) => meanAuc), dots: true, dashed: true },
  ]
  return lines.filter(({ points }) => points.length > 0)
}

/** The learning rate of the updates that were made, and what the plan has for the others. @param rates  undefined where only the plan is known */
export function rateLines(plan: Pick<TrainingPlan, 'rate' | 'schedule' | 'steps'>, rates: readonly RatePeriod[] | undefined, made: number, colours: { planned: string; used: string }): Line[] {
  const { used, ahead } = rateParts(plan, rates, made, buckets)
  const points = (part: readonly RatePoint[]): Line['points'] => part.map(({ update, rate }) => ({ x: update, y: rate }))
  return [
    { name: 'used', colour: colours.used, points: points(used) },
    { name: 'planned', colour: colours.planned, points: points(ahead), dashed: true },
  ]
}

function pointsOf(validations: readonly Validation[], score: (validation: Validation) => number | null): Line['points'] {
  return validations.flatMap((validation) => {
    const y = score(validation)
    return y !== null && Number.isFinite(y) ? [{ x: validation.step, y }] : []
  })
}
