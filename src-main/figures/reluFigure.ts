import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { circumstances } from './caption.ts'
import { byLayerSpec } from './draw/byLayer.ts'
import { figureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'
import { reluComparison, reluPairs } from './prepare/reluComparison.ts'

/** The paper's Figure 2. */
export function reluFigure({ set }: Extract<FigureRequest, { kind: 'relu' }>, { runs, network, programVersion }: FigureInput): PlannedFigure {
  const layers = network?.stages.map(({ name }) => name) ?? [...new Set(runs.map(({ layer }) => layer))]
  const pairs = reluPairs(runs).filter(({ modified }) => layers.includes(modified.layer))
  const points = reluComparison(pairs, layers)
  if (points.length === 0) {
    throw new UsageError(`There are no metamers of "${set.network}" that were made both with and without the modified ReLU gradient, all else being equal. "Make them with the other gradient" (in Results) or "lab figure2" makes them.`)
  }
  const drawn = points.map(({ layer, gradient, mean, sem }) => ({ series: `${gradient} ReLU gradient`, layer, value: mean, sem }))
  const lowest = Math.floor(10 * Math.min(0.9, ...points.map(({ mean, sem }) => mean - (sem || 0)))) / 10
  return {
    name: figureName(set, 'relu-gradient'),
    title: `${set.network}: modified and standard ReLU gradient`,
    caption: `Spearman ρ of metamer and reference at the generation layer of ${set.network}, with the modified and with the standard gradient of the ReLU that ends it; all else is equal, and layers without a ReLU cannot differ. Mean ± standard error over references, after the metamers of each. ${circumstances(pairs.flatMap(({ modified, standard }) => [modified, standard]), false, programVersion)}`,
    records: points.map((point) => ({ network: set.network, ...point })),
    spec: byLayerSpec({ points: drawn, layers: layers.filter((layer) => points.some((point) => point.layer === layer)), levels: [], axis: 'Spearman ρ at the layer', domain: [Math.max(-1, lowest), 1] }),
  }
}
