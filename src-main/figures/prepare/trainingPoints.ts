import type { TrainingCurve } from '../../domain/figure.ts'
import type { Validation } from '../../domain/training.ts'
import type { TrainingCurves } from '../plannedFigure.ts'

export interface TrainingPoint {
  id: number
  training: string
  /** "training loss", "mean AUC", ... */
  curve: string
  update: number
  value: number
}

/** The values of a training's curves, one after the other; those that are no numbers are left out. */
export function trainingPoints(training: TrainingCurves, curve: TrainingCurve): TrainingPoint[] {
  const points = curve === 'loss' ? [...trainingLosses(training), ...validated(training, 'validation loss', ({ loss }) => loss)] : scores(training)
  return points.filter(({ value }) => Number.isFinite(value))
}

function scores(training: TrainingCurves): TrainingPoint[] {
  const accuracy = training.plan.kind === 'pictures' ? 'accuracy' : 'word accuracy'
  return [...validated(training, accuracy, ({ wordAccuracy }) => wordAccuracy), ...validated(training, 'mean AUC', ({ meanAuc }) => meanAuc)]
}

function trainingLosses({ id, plan, lossCurve }: TrainingCurves): TrainingPoint[] {
  return Array.from(lossCurve?.update ?? [], (update, i) => ({ id, training: plan.name, curve: 'training loss', update, value: lossCurve!.loss[i]! }))
}

function validated({ id, plan, validations }: TrainingCurves, curve: string, score: (validation: Validation) => number | null): TrainingPoint[] {
  return validations.map((validation) => ({ id, training: plan.name, curve, update: validation.step, value: score(validation) ?? NaN }))
}
