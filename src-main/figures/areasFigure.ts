import { UsageError } from '../domain/errors.ts'
import { soundAreas } from '../domain/soundAreas.ts'
import { counted } from './caption.ts'
import { areasSpec } from './draw/areas.ts'
import { trainingFigureName } from './figureName.ts'
import { requireExamined } from './finishedTraining.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { trainingCircumstances } from './trainingWords.ts'

/** How well a finished network tells each background sound. */
export function areasFigure(input: FigureInput): PlannedFigure {
  const { training, result, examination } = requireExamined(input)
  const { name } = training.plan
  const { aucByLabel, meanAuc, step } = result.best
  if (!aucByLabel) throw new UsageError(`The network of the training "${name}" tells no background sounds, so there is no area under the ROC curve. Save its confusions instead.`)
  const areas = soundAreas(examination.sounds, aucByLabel)
  const drawn = areas.filter(({ area }) => area !== null)
  if (drawn.length === 0) throw new UsageError(`No background sound of the training "${name}" is in some validation clips and missing in others, so none has an area under the ROC curve. Validate on clips with several backgrounds.`)
  const left = areas.length - drawn.length
  const leftWords = left === 0 ? '' : ` Not drawn: ${counted(left, 'sound')} in all or none of the clips, without an area.`
  return {
    name: trainingFigureName([name], 'areas'),
    title: `${name}: area under the ROC curve`,
    caption: `Area under the ROC curve of each background sound, on the validation clips, of the network that was kept (after ${counted(step, 'update')}); dashed: chance. ${counted(drawn.length, 'sound')}, mean ${(meanAuc ?? NaN).toFixed(3)}.${leftWords} ${trainingCircumstances([training], input.programVersion)}`,
    records: areas.map(({ label, area }) => ({ training: name, update: step, sound: label, area })),
    spec: areasSpec(areas),
  }
}
