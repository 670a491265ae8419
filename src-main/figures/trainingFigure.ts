import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { counted } from './caption.ts'
import { curvesSpec, type CurvePoint } from './draw/curves.ts'
import { figureName } from './figureName.ts'
import type { FigureInput, PlannedFigure, TrainingCurves } from './plannedFigure.ts'
import { trainingPoints, type TrainingPoint } from './prepare/trainingPoints.ts'

const shown = { loss: 'Loss before each update of the training (at most 2,000 of them, evenly spaced) and at each validation (dots), logarithmic', scores: 'Scores on the validation examples' } as const

/** How one or several networks came on in training. */
export function trainingFigure({ curve }: Extract<FigureRequest, { kind: 'training' }>, { trainings, programVersion }: FigureInput): PlannedFigure {
  const records = trainings.flatMap((training) => trainingPoints(training, curve))
  const drawn = curve === 'loss' ? records.filter(({ value }) => value > 0) : records
  const names = trainings.map(({ plan }) => plan.name)
  if (drawn.length === 0) throw new UsageError(`No ${curve === 'loss' ? 'loss' : 'validation'} of ${names.map((name) => `"${name}"`).join(', ')} is stored yet. Wait until the training has come further.`)
  return {
    name: figureName({ network: names.length > 3 ? `${names.length} trainings` : names.join(' '), networkHash: '', protocol: 'training' }, curve),
    title: `${names.length > 3 ? counted(names.length, 'training') : names.join(', ')}: ${curve === 'loss' ? 'loss' : 'validation'}`,
    caption: `${shown[curve]}. n = ${counted(trainings.length, 'training')}: ${trainings.map(wordsOf).join('; ')}. Metamer Lab ${programVersion}.`,
    records: records.map((point) => ({ ...point })),
    spec: curvesSpec({
      points: drawn.map((point) => curvePoint(point, trainings)),
      axis: curve === 'loss' ? 'loss' : 'score',
      scale: curve === 'loss' ? 'logarithmic' : 'from 0 to 1',
    }),
  }
}

/** A single training has a colour for each curve; of several, each has its own, and its curves are dashed. */
function curvePoint({ id, training, curve, update, value }: TrainingPoint, trainings: readonly TrainingCurves[]): CurvePoint {
  const twin = trainings.some((other) => other.plan.name === training && other.id !== id)
  const single = trainings.length === 1
  return { series: single ? curve : twin ? `${training} (${id})` : training, line: single ? 'all' : curve, update, value, dot: curve !== 'training loss' }
}

function wordsOf({ plan, stepsDone }: TrainingCurves): string {
  const learns = plan.kind === 'pictures' ? `pictures, from ${plan.base}` : `${plan.heads.join(' and ')}, word CNN, ${plan.form}`
  return `"${plan.name}" (${learns}; ${stepsDone.toLocaleString('en-GB')} of ${counted(plan.steps, 'update')} of ${plan.batchSize * plan.accumulate} examples, seed ${plan.seed})`
}
