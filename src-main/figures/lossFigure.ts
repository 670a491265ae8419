import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { circumstances, counted } from './caption.ts'
import { curvesSpec } from './draw/curves.ts'
import { runFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'

/** How the synthesis of one metamer came on. */
export function lossFigure({ run: id }: Extract<FigureRequest, { kind: 'loss' }>, { runs, programVersion }: FigureInput): PlannedFigure {
  const [run] = runs
  if (!run || run.lossCurve.update.length === 0) throw new UsageError(`No loss of run ${id} is stored yet. Wait for its first checkpoint, or its end.`)
  const { update, loss } = run.lossCurve
  const records = Array.from(update, (at, i) => ({ run: run.id, network: run.network, layer: run.layer, reference: run.referenceName, update: at, loss: loss[i]! }))
  // A logarithm has no place for others; the numbers keep them.
  const drawn = records.filter((record) => record.loss > 0 && Number.isFinite(record.loss))
  if (drawn.length === 0) throw new UsageError(`No loss of run ${id} is a number above 0, so there is nothing to draw on a logarithmic axis.`)
  const unfinished = run.state === 'finished' ? '' : `, ${run.state} after ${counted(run.updatesDone, 'update')}`
  const thinned = update.length < update.at(-1)! + 1 ? ` (${update.length.toLocaleString('en-GB')} of them, evenly spaced)` : ''
  const made = run.inverts === null ? `the metamer of "${run.referenceName}"` : `the sound that makes the cochleagram of run ${run.inverts} audible,`
  return {
    name: runFigureName(run, run.layer, `run${run.id}`, 'loss'),
    title: `${run.network}, ${run.layer}: loss of run ${run.id}`,
    caption: `Matching loss before each update${thinned}, of ${made} generated at ${run.layer} of ${run.network} (run ${run.id}, seed ${run.seed}${unfinished}); logarithmic. ${circumstances([run], false, programVersion)}`,
    records,
    spec: curvesSpec({ points: drawn.map(({ update: at, loss: value }) => ({ series: 'loss', line: 'loss', update: at, value, dot: false })), axis: 'matching loss', scale: 'logarithmic' }),
  }
}
