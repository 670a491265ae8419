import type { FigureRequest } from '../domain/figure.ts'
import { countsFigure } from './countsFigure.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { sizesFigure } from './sizesFigure.ts'

/** What a look at the data of a training counted. */
export function dataFigure({ chart, data }: Extract<FigureRequest, { kind: 'data' }>, { programVersion }: FigureInput): PlannedFigure {
  return chart === 'counts' ? countsFigure(data, programVersion) : sizesFigure(data, programVersion)
}
