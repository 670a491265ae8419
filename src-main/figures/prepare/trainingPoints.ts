import type { TrainingCurve } from '../../domain/figure.ts'
import type { Validation } from '../../domain/training.ts'
import { rateParts, type RatePoint } from '../../domain/trainingRates.ts'
import type { DrawnTraining } from '../plannedFigure.ts'

export interface TrainingPoint {
  id: number
  training: string
  /** "training loss", "mean AUC", ... */
  curve: string
  update: number
  value: number
}

/** The values of a training's curves, one after the other; those that are no numbers are left out. */
export function trainingPoints(training: DrawnTraining, curve: TrainingCurve): TrainingPoint[] {
  return curves[curve](training).filter(({ value }) => Number.isFinite(value))
}

const curves: Record<TrainingCurve, (training: DrawnTraining) => TrainingPoint[]> = {
  loss: (training) => [...trainingLosses(training), ...validated(training, 'validation loss', ({ loss }) => loss)],
  scores,
  rate: rates,
}

/** As many as losses are kept. */
const mostRates = 2000

function rates({ id, plan, stepsDone, result }: DrawnTraining): TrainingPoint[] {
  const { used, ahead } = rateParts(plan, result?.rates, result?.steps ?? stepsDone, mostRates)
  const points = (curve: string, part: readonly RatePoint[]): TrainingPoint[] => part.map(({ update, rate }) => ({ id, training: plan.name, curve, update, value: rate }))
  return [...points('used', used), ...points('planned', ahead)]
}

function scores(training: DrawnTraining): TrainingPoint[] {
  const accuracy = training.plan.kind === 'pictures' ? 'accuracy' : 'word accuracy'
  return [...validated(training, accuracy, ({ wordAccuracy }) => wordAccuracy), ...validated(training, 'mean AUC', ({ meanAuc }) => meanAuc)]
}

function trainingLosses({ id, plan, lossCurve }: DrawnTraining): TrainingPoint[] {
  return Array.from(lossCurve?.update ?? [], (update, i) => ({ id, training: plan.name, curve: 'training loss', update, value: lossCurve!.loss[i]! }))
}

function validated({ id, plan, validations }: DrawnTraining, curve: string, score: (validation: Validation) => number | null): TrainingPoint[] {
  return validations.map((validation) => ({ id, training: plan.name, curve, update: validation.step, value: score(validation) ?? NaN }))
}
