import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { circumstances } from './caption.ts'
import { cochleagramsSpec } from './draw/cochleagrams.ts'
import { runFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { cochleagramRecords } from './prepare/cochleagramRecords.ts'
import { madeOf, matchedBy } from './runWords.ts'

/** Cochleagrams of one metamer and of its reference. */
export function cochleagramsFigure({ run: id }: Extract<FigureRequest, { kind: 'cochleagrams' }>, { runs, cochleagrams, programVersion }: FigureInput): PlannedFigure {
  const [run] = runs
  if (!run || !cochleagrams) throw new UsageError(`There are no cochleagrams of run ${id}. Choose a finished run of a network that hears.`)
  const { reference, metamer } = cochleagrams
  return {
    name: runFigureName(run, run.layer, `run${run.id}`, 'cochleagrams'),
    title: `${run.network}, ${run.layer}: cochleagrams of run ${run.id}`,
    caption: `Cochleagrams of ${madeOf(run)} and of ${matchedBy(run)}, in one range: compressed envelopes of ${reference.rows} bands, ${reference.envelopeRateHz} values a second, in 256 steps. ${circumstances([run], false, programVersion)}`,
    records: [...cochleagramRecords({ run: run.id, signal: 'reference' }, reference), ...cochleagramRecords({ run: run.id, signal: 'metamer' }, metamer)],
    spec: cochleagramsSpec([{ name: 'reference', content: reference }, { name: 'metamer', content: metamer }]),
  }
}
