import { UsageError } from '../domain/errors.ts'
import type { FigureRequest, TrainingCurve } from '../domain/figure.ts'
import { curvesSpec, type CurvePoint, type Curves } from './draw/curves.ts'
import { trainingFigureName, trainingFigureTitle } from './figureName.ts'
import type { DrawnTraining, FigureInput, PlannedFigure } from './plannedFigure.ts'
import { trainingPoints, type TrainingPoint } from './prepare/trainingPoints.ts'
import { trainingCircumstances } from './trainingWords.ts'

interface Look extends Pick<Curves, 'axis' | 'scale'> {
  /** In the title. */
  name: string
  /** What there is none of yet. */
  missing: string
  /** What the drawing shows, by the curves that are in it. */
  shown(curves: ReadonlySet<string>): string
}

const looks: Record<TrainingCurve, Look> = {
  loss: { name: 'loss', missing: 'loss', axis: 'loss', scale: 'logarithmic', shown: lossWords },
  scores: { name: 'validation', missing: 'validation', axis: 'score', scale: 'from 0 to 1', shown: (curves) => `Scores on the validation examples: ${[...curves].join(' and ')}` },
  rate: { name: 'learning rate', missing: 'learning rate', axis: 'learning rate', scale: 'from 0', shown: () => 'Learning rate of each update (at most 2,000 of them, evenly spaced, and both sides of each jump)' },
}

/** How one or several networks came on in training. */
export function trainingFigure({ curve }: Extract<FigureRequest, { kind: 'training' }>, { trainings, programVersion }: FigureInput): PlannedFigure {
  const { name, missing, axis, scale, shown } = looks[curve]
  const records = trainings.flatMap((training) => trainingPoints(training, curve))
  const drawn = scale === 'logarithmic' ? records.filter(({ value }) => value > 0) : records
  const names = trainings.map(({ plan }) => plan.name)
  if (drawn.length === 0) throw new UsageError(`No ${missing} of ${names.map((one) => `"${one}"`).join(', ')} is stored yet. Wait until the training has come further.`)
  return {
    name: trainingFigureName(names, curve),
    title: trainingFigureTitle(names, name),
    caption: `${shown(new Set(drawn.map((point) => point.curve)))}${curve === 'rate' ? plannedWords(trainings, records) : ''}. ${trainingCircumstances(trainings, programVersion)}`,
    records: records.map((point) => ({ ...point })),
    spec: curvesSpec({ points: drawn.map((point) => curvePoint(point, curve, trainings)), axis, scale }),
  }
}

/** Earlier versions kept no losses of updates, and a young training was not validated yet. */
function lossWords(curves: ReadonlySet<string>): string {
  const parts = [...(curves.has('training loss') ? ['before each update of the training (at most 2,000 of them, evenly spaced)'] : []), ...(curves.has('validation loss') ? ['at each validation (dots)'] : [])]
  return `Loss ${parts.join(' and ')}, logarithmic`
}

/** A single training has a colour for each curve; of several, each has its own, and its curves are dashed. What lies ahead is dashed in any case. */
function curvePoint({ id, training, curve: line, update, value }: TrainingPoint, curve: TrainingCurve, trainings: readonly DrawnTraining[]): CurvePoint {
  const twin = trainings.some((other) => other.plan.name === training && other.id !== id)
  const single = trainings.length === 1 && curve !== 'rate'
  return { series: single ? line : twin ? `${training} (${id})` : training, line: single ? 'all' : line, update, value, dot: curve !== 'rate' && line !== 'training loss' }
}

/** Before its end a training tells no rates but its plan's. */
function plannedWords(trainings: readonly DrawnTraining[], records: readonly TrainingPoint[]): string {
  const unfinished = trainings.some(({ result }) => result === null) ? '; of a training that is not finished, by its plan' : ''
  return `${records.some(({ curve }) => curve === 'planned') ? '; dashed: planned' : ''}${unfinished}`
}
