import { UsageError } from '../domain/errors.ts'
import type { TrainingResult } from '../domain/training.ts'
import type { Examination } from '../domain/trainingRecords.ts'
import type { DrawnTraining, FigureInput } from './plannedFigure.ts'

export interface ExaminedTraining {
  training: DrawnTraining
  result: TrainingResult
  examination: Examination
}

/** The training that a figure is of, with its result and what a close look at its network told. @throws UsageError where there is none yet */
export function requireExamined({ trainings }: Pick<FigureInput, 'trainings'>): ExaminedTraining {
  const training = trainings[0]!
  const { plan, result, examination } = training
  if (!result) throw new UsageError(`The training "${plan.name}" is not finished, so there is no network to look at. Wait for its end.`)
  if (!examination) throw new UsageError(`The network of the training "${plan.name}" was not looked at closely yet. Press "Examine it" in the Training view first.`)
  return { training, result, examination }
}
