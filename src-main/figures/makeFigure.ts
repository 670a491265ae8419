import type { Figure, FigureRequest, FigureSize } from '../domain/figure.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { RecognitionRow } from '../domain/recognition.ts'
import type { RunDetail } from '../domain/run.ts'
import type { StoredNullValues } from '../domain/workerMessages.ts'
import type { ActivationComparison } from '../domain/activations.ts'
import { errorMapFigure, scatterFigure } from './activationFigures.ts'
import { drawSvg, type Spec } from './draw/drawSvg.ts'
import { histogramFigure } from './histogramFigure.ts'
import { matrixFigure } from './matrixFigure.ts'
import { recognitionFigure } from './recognitionFigure.ts'
import { reluFigure } from './reluFigure.ts'

/** All that a figure may need, gathered by the host. */
export interface FigureInput {
  programVersion: string
  /** As it is known now; null when it is gone. */
  network: NetworkSummary | null
  /** The finished runs to draw. */
  runs: readonly RunDetail[]
  /** Of a histogram's layer. */
  null: StoredNullValues | null
  /** Of a recognition figure, this set's only. */
  recognition: readonly RecognitionRow[]
  /** Of one run, at one layer. */
  compared: ActivationComparison | null
}

/** A figure before it is drawn. */
export interface PlannedFigure extends Omit<Figure, 'svg' | 'places'> {
  spec: Spec
  /** Runs that share a range of the x axis. */
  columns?: Array<{ runs: number[]; from: number; to: number }>
}

/** Draw what is asked for. @throws UsageError when there is nothing to draw, with what to do first */
export async function makeFigure(request: FigureRequest, input: FigureInput, size: FigureSize): Promise<Figure> {
  const { spec, columns = [], ...figure } = planned(request, input)
  const { svg, columnOf } = await drawSvg(spec, figure.title, size)
  return { ...figure, svg, places: columns.map(({ runs, from, to }) => ({ runs, ...columnOf(from, to) })) }
}

function planned(request: FigureRequest, input: FigureInput): PlannedFigure {
  switch (request.kind) {
    case 'matrix':
      return matrixFigure(request, input)
    case 'recognition':
      return recognitionFigure(request, input)
    case 'histogram':
      return histogramFigure(request, input)
    case 'relu':
      return reluFigure(request, input)
    case 'scatter':
      return scatterFigure(request, input)
    case 'errorMap':
      return errorMapFigure(request, input)
  }
}
