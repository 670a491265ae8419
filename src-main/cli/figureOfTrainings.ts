import { UsageError } from '../domain/errors.ts'
import { trainingCurves, type FigureRequest } from '../domain/figure.ts'
import type { TrainingSummary } from '../domain/training.ts'
import { wrong, type Arguments, type Command } from './command.ts'
import type { Lab } from './lab.ts'
import { oneOf } from './oneOf.ts'

/** Of several trainings, or of one. */
export const trainingFigures = ['training', 'tests', 'confusions', 'areas', 'kernels'] as const
type TrainingFigure = (typeof trainingFigures)[number]

/** Check what is asked of a figure of trainings; what it gives asks the project for their numbers. */
export function figureOfTrainings(command: Pick<Command, 'name'>, args: Arguments, kind: TrainingFigure): (lab: Lab) => Promise<FigureRequest> {
  const names = args.list('training')
  const curve = oneOf(command, args, 'curve', trainingCurves)
  if (names.length === 0) throw wrong(command, '--training is missing')
  if (names.length > 1 && kind !== 'training' && kind !== 'tests') throw wrong(command, 'this figure is of one training')
  return async ({ client }) => {
    const all = await client.call('trainings.list', {})
    const trainings = names.map((name) => latestOf(name, all))
    if (kind === 'training') return { kind, trainings, curve }
    return kind === 'tests' ? { kind, trainings } : { kind, training: trainings[0]! }
  }
}

function latestOf(name: string, all: readonly TrainingSummary[]): number {
  const found = all.findLast(({ plan }) => plan.name === name)
  if (found) return found.id
  const there = [...new Set(all.map(({ plan }) => plan.name))].join(', ')
  throw new UsageError(`No training of "${name}" is in this project. ${there ? `There are: ${there}.` : '"lab train" trains a network.'}`)
}
