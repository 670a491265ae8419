import type { TrainingPlan, TrainingSummary, Validation } from '../../../src-main/domain/training.ts'
import type { LossHistory } from '../../../src-main/domain/trainingRecords.ts'
import { rateAt } from '../../../src-main/domain/trainingSchedule.ts'
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

/** The learning rate as planned, and as far as updates are made. */
export function rateLines({ rate, schedule, steps }: Pick<TrainingPlan, 'rate' | 'schedule' | 'steps'>, made: number, colours: { planned: string; made: string }): Line[] {
  const every = Math.max(1, Math.round(steps / buckets))
  const upTo = (end: number): Line['points'] => {
    const updates = Array.from({ length: Math.ceil(end / every) }, (_, i) => i * every)
    return (end > 0 ? [...updates, end - 1] : []).map((x) => ({ x, y: rateAt(rate, schedule, x) }))
  }
  return [
    { name: 'planned', colour: colours.planned, points: upTo(steps), dashed: true },
    { name: 'made', colour: colours.made, points: upTo(made) },
  ]
}

function pointsOf(validations: readonly Validation[], score: (validation: Validation) => number | null): Line['points'] {
  return validations.flatMap((validation) => {
    const y = score(validation)
    return y !== null && Number.isFinite(y) ? [{ x: validation.step, y }] : []
  })
}
