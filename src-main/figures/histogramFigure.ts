import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { circumstances, counted, pairsWords } from './caption.ts'
import { histogramSpec } from './draw/histogram.ts'
import { figureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { nullAndMetamers } from './prepare/nullAndMetamers.ts'

export function histogramFigure({ set, layer, counts }: Extract<FigureRequest, { kind: 'histogram' }>, { runs, null: distribution, programVersion }: FigureInput): PlannedFigure {
  const here = runs.filter((run) => run.layer === layer)
  if (here.length === 0 && !distribution) throw new UsageError(`There is neither a metamer nor a null distribution of "${set.network}" at "${layer}". Make one first.`)
  const prepared = nullAndMetamers(distribution?.histogram ?? null, distribution?.summary.maximum ?? null, here)
  const caption = `Spearman ρ of metamer and reference at ${layer} of ${set.network}, beside ρ of ${nullWords(distribution)}. Ticks: single metamers. Criterion 2 asks for more than the highest of the pairs, by more than rounding. ${undefinedWords(prepared.undefinedMetamers)}${circumstances(here, false, programVersion)}`
  const set_ = { network: set.network, protocol: set.protocol, layer }
  const bars = prepared.bars.map(({ of, from, to, count }) => ({ ...set_, kind: `${of} count`, from, to, count, run: null, reference: null, rho: null, percentile: null }))
  const metamers = prepared.metamers.map(({ run, reference, outcome, rho, percentile }) => ({ ...set_, kind: outcome, from: null, to: null, count: null, run, reference, rho, percentile }))
  return { name: figureName(set, layer, 'histogram'), title: `${set.network}, ${layer}`, caption, records: [...bars, ...metamers], spec: histogramSpec(prepared, counts), columns: prepared.columns }
}

function nullWords(distribution: FigureInput['null']): string {
  return distribution ? pairsWords(distribution.summary) : 'random pairs of natural stimuli, of which there is no distribution yet'
}

function undefinedWords(count: number): string {
  return count === 0 ? '' : `Not drawn: ${counted(count, 'metamer')} with constant activations, where ρ is undefined. `
}
