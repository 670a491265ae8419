import type { RunSummary } from '../../domain/run.ts'
import { meanOverReferences } from '../meanAndSem.ts'
import type { LayerCounts } from '../report.ts'

/**
 * Count verdicts by layer.
 *
 * @param layers     in the order of the table
 * @param retried    of each layer's runs: how many were left out, because a later try has taken their place
 */
export function layerCounts(runs: readonly RunSummary[], layers: readonly string[], retried: readonly Pick<RunSummary, 'layer'>[] = []): LayerCounts[] {
  return layers.map((layer) => {
    const here = runs.filter((run) => run.layer === layer)
    const count = (is: (run: RunSummary) => boolean): number => here.filter(is).length
    const outcome = (wanted: string) => count(({ verdict }) => verdict?.outcome === wanted)
    return {
      layer,
      references: new Set(here.map(({ referenceId }) => referenceId)).size,
      metamers: here.length,
      retried: retried.filter((run) => run.layer === layer).length,
      included: outcome('included'),
      excluded: outcome('excluded'),
      undecided: outcome('undecided'),
      otherLabel: count(({ verdict }) => verdict?.outcome === 'excluded' && verdict.sameLabel === 'no'),
      notAboveNull: count(({ verdict }) => verdict?.outcome === 'excluded' && verdict.aboveNull === 'no'),
      meanRho: meanOverReferences(here.map(({ referenceId, rho }) => ({ referenceId, value: rho ?? NaN }))).mean,
      null: here.find(({ verdict }) => verdict?.null)?.verdict?.null ?? null,
    }
  })
}
