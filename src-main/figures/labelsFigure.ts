import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import type { Judgement } from '../domain/run.ts'
import { circumstances } from './caption.ts'
import { labelsSpec } from './draw/labels.ts'
import { runFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { madeOf, matchedBy } from './runWords.ts'

type Labels = NonNullable<Judgement['labels']>

const sides = ['reference', 'metamer'] as const

/** What the network calls one metamer and its reference. */
export function labelsFigure({ run: id }: Extract<FigureRequest, { kind: 'labels' }>, { runs, programVersion }: FigureInput): PlannedFigure {
  const [run] = runs
  const labels = run?.judgement?.labels
  if (!run || !labels) throw new UsageError(`There are no labels of run ${id}: it is not finished, or its network names nothing. Choose another run.`)
  const records = sides.flatMap((signal) => labels[signal].top.map(({ index, label, probability }, i) => ({ run: run.id, signal, rank: i + 1, index, label: label || 'no text', probability })))
  return {
    name: runFigureName(run, run.layer, `run${run.id}`, 'labels'),
    title: `${run.network}, ${run.layer}: labels of run ${run.id}`,
    caption: `What ${run.network} calls ${madeOf(run)} and ${matchedBy(run)}: the best labels of each (${labels.metamer.top.length}) with their probabilities; no bar: not among them.${categoryWords(labels)} ${circumstances([run], false, programVersion)}`,
    records,
    spec: labelsSpec(records, sides),
  }
}

function categoryWords({ reference, metamer }: Labels): string {
  if (reference.category16 === null && metamer.category16 === null) return ''
  return ` By the 16-way rule: reference "${reference.category16 ?? 'none'}", metamer "${metamer.category16 ?? 'none'}".`
}
