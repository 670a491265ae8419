import type { RunSummary } from '../../domain/run.ts'
import { meanAndSem } from '../meanAndSem.ts'
import type { LayerCounts } from '../report.ts'

/** Count verdicts by layer. @param layers  in the order of the table */
export function layerCounts(runs: readonly RunSummary[], layers: readonly string[]): LayerCounts[] {
  return layers.map((layer) => {
    const here = runs.filter((run) => run.layer === layer)
    const count = (is: (run: RunSummary) => boolean): number => here.filter(is).length
    const outcome = (wanted: string) => count(({ verdict }) => verdict?.outcome === wanted)
    return {
      layer,
      metamers: here.length,
      included: outcome('included'),
      excluded: outcome('excluded'),
      undecided: outcome('undecided'),
      otherLabel: count(({ verdict }) => verdict?.outcome === 'excluded' && verdict.sameLabel === 'no'),
      notAboveNull: count(({ verdict }) => verdict?.outcome === 'excluded' && verdict.aboveNull === 'no'),
      meanRho: meanAndSem(here.map(({ rho }) => rho ?? NaN)).mean,
      null: here.find(({ verdict }) => verdict?.null)?.verdict?.null ?? null,
    }
  })
}
