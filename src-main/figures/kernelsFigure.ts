import type { FigureSize } from '../domain/figure.ts'
import type { TrainingPlan } from '../domain/trainingPlan.ts'
import { counted } from './caption.ts'
import { kernelsSpec } from './draw/kernels.ts'
import { trainingFigureName } from './figureName.ts'
import { requireExamined } from './finishedTraining.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { kernelSheet, kernelWeights } from './prepare/kernelSheet.ts'
import { trainingCircumstances } from './trainingWords.ts'

/** What title, scale and white take of a sheet, in millimetres. */
const margin = { scale: 18, sides: 4, height: 10 } as const

/** The first convolution of a finished network, or DeepSpeech's first layer, its kernels on one sheet. */
export function kernelsFigure(input: FigureInput, { widthMm, heightMm }: FigureSize): PlannedFigure {
  const { training, examination: { kernels } } = requireExamined(input)
  const { plan } = training
  const { name, kind } = plan
  const isMfcc = kind !== 'pictures' && plan.form === 'deepspeech'
  const [rows, columns, channels] = kernels.shape as [number, number, number]
  const sheet = kernelSheet(kernels, (widthMm - margin.sides - (channels === 3 ? 0 : margin.scale)) / (heightMm - margin.height), kind !== 'pictures')
  const axes = kind === 'pictures' ? 'rows and columns of the picture' : `${isMfcc ? 'MFCC (the first at the bottom)' : 'frequency (low at the bottom)'} and time`
  const colours = channels === 3 ? `in their colours: grey is 0, and each of red, green and blue goes from −${sheet.largest.toPrecision(3)} (none of it) to ${sheet.largest.toPrecision(3)} (all of it)` : 'red: positive, blue: negative'
  return {
    name: trainingFigureName([name], 'first kernels'),
    title: `${name}: first kernels`,
    caption: `${countOf(sheet.numbers.length, plan)} of the first ${isMfcc ? 'layer' : 'convolution'}, ${rows} × ${columns} over ${axes}, in one range; ${colours}. ${trainingCircumstances([training], input.programVersion)}`,
    records: kernelWeights(kernels).map((weight) => ({ training: name, ...weight })),
    spec: kernelsSpec(sheet),
  }
}

/** Of DeepSpeech's thousands only the first are looked at. */
function countOf(shown: number, plan: TrainingPlan): string {
  const all = plan.kind !== 'pictures' && plan.form === 'deepspeech' ? plan.cells : shown
  return shown < all ? `The first ${shown} of ${counted(all, 'kernel')}` : counted(shown, 'kernel')
}
