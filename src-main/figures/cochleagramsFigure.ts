import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import type { CochleagramPicture } from '../domain/stimulus.ts'
import { circumstances } from './caption.ts'
import { cochleagramsSpec } from './draw/cochleagrams.ts'
import { runFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
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
    records: [...recordsOf('reference', run.id, reference), ...recordsOf('metamer', run.id, metamer)],
    spec: cochleagramsSpec([{ name: 'reference', content: reference }, { name: 'metamer', content: metamer }]),
  }
}

/** A row for each frequency, a column for each moment. */
function recordsOf(signal: string, run: number, { rows, columns, data, maximum, frequenciesHz, envelopeRateHz }: CochleagramPicture): PlannedFigure['records'] {
  const times = Array.from({ length: columns }, (_, column) => `${(column / envelopeRateHz).toFixed(4)} s`)
  return Array.from({ length: rows }, (_, row) => ({
    run, signal, frequencyHz: Number(frequenciesHz[row]!.toFixed(3)),
    ...Object.fromEntries(times.map((time, column) => [time, Number(((data[row * columns + column]! / 255) * maximum).toPrecision(5))])),
  }))
}
