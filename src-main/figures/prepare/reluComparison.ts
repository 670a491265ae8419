import type { Protocol } from '../../domain/protocol.ts'
import type { RunSummary } from '../../domain/run.ts'
import { meanOverReferences, type MeanAndSem } from '../meanAndSem.ts'

export interface ReluPoint extends MeanAndSem {
  layer: string
  gradient: Protocol['reluGradient']
  /** Of metamers; n counts references. */
  pairs: number
}

/**
 * Compare ρ at the generation layer with and without the modified ReLU gradient, on what was made both ways: same network,
 * layer, reference, seed, and all settings but that one.
 *
 * @param runs    finished ones of one network, both ways
 * @param layers  in the network's order
 */
export function reluComparison(runs: readonly RunSummary[], layers: readonly string[]): ReluPoint[] {
  const pairs = new Map<string, Partial<Record<Protocol['reluGradient'], RunSummary>>>()
  for (const run of runs) {
    const key = JSON.stringify([run.layer, run.referenceId, run.seed, settingsBesides(run.protocol)])
    pairs.set(key, { ...pairs.get(key), [run.protocol.reluGradient]: run })
  }
  const both = [...pairs.values()].filter((pair) => pair.modified && pair.standard)
  return layers.flatMap((layer) => {
    const here = both.filter(({ modified }) => modified!.layer === layer)
    if (here.length === 0) return []
    return (['modified', 'standard'] as const).map((gradient) => {
      const { metamers: pairs, ...mean } = meanOverReferences(here.map((pair) => ({ referenceId: pair[gradient]!.referenceId, value: pair[gradient]!.rho ?? NaN })))
      return { layer, gradient, ...mean, pairs }
    })
  })
}

function settingsBesides({ name: _, reluGradient: __, ...rest }: Protocol): Omit<Protocol, 'name' | 'reluGradient'> {
  return rest
}
