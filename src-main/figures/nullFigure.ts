import { UsageError } from '../domain/errors.ts'
import type { FigureCell, FigureRequest } from '../domain/figure.ts'
import { counted, pairsWords } from './caption.ts'
import { histogramSpec } from './draw/histogram.ts'
import { figureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { nullAndMetamers } from './prepare/nullAndMetamers.ts'
import { signedText } from './signedText.ts'

/** The null distribution of one layer by itself, against which its metamers are judged. */
export function nullFigure({ network, layer, counts }: Extract<FigureRequest, { kind: 'null' }>, { null: distribution, programVersion }: FigureInput): PlannedFigure {
  if (!distribution) throw new UsageError(`There is no null distribution of "${network}" at "${layer}" in this project. Make it first ("Null distributions", or "lab null").`)
  const { histogram, summary } = distribution
  const { maximum, mean, deviation, quantiles, undefinedPairs, pool } = summary
  const prepared = nullAndMetamers(histogram, maximum, [])
  const common = { network, layer }
  const bars = prepared.bars.map(({ from, to, count }) => ({ ...common, kind: 'count', from, to, count, share: null, rho: null }))
  const level = (kind: string, share: number, rho: number): Record<string, FigureCell> => ({ ...common, kind, from: null, to: null, count: null, share, rho })
  const undefinedWords = undefinedPairs === 0 ? '' : ` ${counted(undefinedPairs, 'pair')} with constant activations, where ρ is undefined, ${undefinedPairs === 1 ? 'counts' : 'count'} as 0.`
  return {
    name: figureName({ network, protocol: pool.name }, layer, 'null'),
    title: `${network}, ${layer}: null distribution`,
    caption: `Spearman ρ at ${layer} of ${network}: null distribution of ${pairsWords(summary)}. Mean ${decimals(mean)}, standard deviation ${decimals(deviation)}. Criterion 2 asks a metamer for more than the highest (dashed), by more than rounding.${undefinedWords} Natural stimuli alone, so no protocol. Metamer Lab ${programVersion}.`,
    records: [...bars, ...quantiles.map(({ probability, rho }) => level('quantile', probability, rho)), level('maximum', 1, maximum)],
    spec: histogramSpec(prepared, counts),
  }
}

function decimals(value: number): string {
  return Number.isNaN(value) ? 'undefined' : signedText(value, 4)
}
