import { confusionCells } from '../domain/confusions.ts'
import { UsageError } from '../domain/errors.ts'
import { counted } from './caption.ts'
import { confusionsSpec } from './draw/confusions.ts'
import { trainingFigureName } from './figureName.ts'
import { requireExamined } from './finishedTraining.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { trainingCircumstances } from './trainingWords.ts'

/** What a finished network takes for what. */
export function confusionsFigure(input: FigureInput): PlannedFigure {
  const { training, examination } = requireExamined(input)
  const { name, kind } = training.plan
  const { words, answers, split } = examination
  if (answers.length === 0) throw new UsageError(`The network of the training "${name}" names no words, so nothing is confused. Save the area under the ROC curve of its sounds instead.`)
  const cells = confusionCells(answers)
  const right = answers.filter((answer) => answer.right === answer.said).length
  const [label, one, which] = kind === 'pictures' ? (['label', 'picture', 'whole pictures'] as const) : (['word', 'clip', 'clean clips'] as const)
  return {
    name: trainingFigureName([name], 'confusions'),
    title: `${name}: confusions`,
    caption: `How often ${which} of each right ${label} (rows) were taken for it or another (columns): share of the right ${label}'s ${one}s by colour${countsWords(words.length)}; white: never. ${counted(answers.length, one)} of the ${split}, ${words.length} ${label}s, ${((100 * right) / answers.length).toFixed(1)} % right. ${trainingCircumstances([training], input.programVersion)}`,
    records: cells.map(({ right: row, said, count, share }) => ({ training: name, split, right: words[row]!, said: words[said]!, count, share })),
    spec: confusionsSpec({ cells, words, label, counts: words.length <= mostCounted }),
  }
}

/** Numbers in more cells than this would overprint. */
const mostCounted = 20

function countsWords(words: number): string {
  return words <= mostCounted ? ', their number in the cell' : ''
}
