import type { Figure, FigureRequest, FigureSize } from '../domain/figure.ts'
import { errorMapFigure, scatterFigure } from './activationFigures.ts'
import { areasFigure } from './areasFigure.ts'
import { cochleagramsFigure } from './cochleagramsFigure.ts'
import { confusionsFigure } from './confusionsFigure.ts'
import { dataFigure } from './dataFigure.ts'
import { drawSvg } from './draw/drawSvg.ts'
import { exampleFigure } from './exampleFigure.ts'
import { histogramFigure } from './histogramFigure.ts'
import { kernelsFigure } from './kernelsFigure.ts'
import { labelsFigure } from './labelsFigure.ts'
import { lossFigure } from './lossFigure.ts'
import { matrixFigure } from './matrixFigure.ts'
import { nullFigure } from './nullFigure.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { recognitionFigure } from './recognitionFigure.ts'
import { reluFigure } from './reluFigure.ts'
import { testsFigure } from './testsFigure.ts'
import { trainingFigure } from './trainingFigure.ts'
import { waveformsFigure } from './waveformsFigure.ts'

/** Draw what is asked for. @throws UsageError when there is nothing to draw, with what to do first */
export async function makeFigure(request: FigureRequest, input: FigureInput, size: FigureSize): Promise<Figure> {
  const { spec, columns = [], ...figure } = planned(request, input, size)
  const { svg, columnOf } = await drawSvg(spec, figure.title, size)
  return { ...figure, svg, places: columns.map(({ runs, from, to }) => ({ runs, ...columnOf(from, to) })) }
}

function planned(request: FigureRequest, input: FigureInput, size: FigureSize): PlannedFigure {
  switch (request.kind) {
    case 'matrix':
      return matrixFigure(request, input)
    case 'recognition':
      return recognitionFigure(request, input)
    case 'histogram':
      return histogramFigure(request, input)
    case 'null':
      return nullFigure(request, input)
    case 'relu':
      return reluFigure(request, input)
    case 'scatter':
      return scatterFigure(request, input)
    case 'errorMap':
      return errorMapFigure(request, input)
    case 'loss':
      return lossFigure(request, input)
    case 'cochleagrams':
      return cochleagramsFigure(request, input)
    case 'waveforms':
      return waveformsFigure(request, input)
    case 'labels':
      return labelsFigure(request, input)
    case 'training':
      return trainingFigure(request, input)
    case 'tests':
      return testsFigure(input)
    case 'confusions':
      return confusionsFigure(input)
    case 'areas':
      return areasFigure(input)
    case 'kernels':
      return kernelsFigure(input, size)
    case 'data':
      return dataFigure(request, input)
    case 'example':
      return exampleFigure(request, input)
  }
}
