import type { Protocol } from '../../domain/protocol.ts'
import type { RunSummary } from '../../domain/run.ts'
import { meanOverReferences, type MeanAndSem } from '../meanAndSem.ts'

export interface ReluPoint extends MeanAndSem {
  layer: string
  gradient: Protocol['reluGradient']
  /** Of metamers; n counts references. */
  pairs: number
}

/** One metamer made with each gradient. */
export type ReluPair = Record<Protocol['reluGradient'], RunSummary>

/** What was made both ways: same network, layer, reference, seed, and all settings but that one. @param runs  finished ones of one network */
export function reluPairs(runs: readonly RunSummary[]): ReluPair[] {
  const pairs = new Map<string, Partial<ReluPair>>()
  for (const run of runs) {
    const key = JSON.stringify([run.layer, run.referenceId, run.seed, settingsBesides(run.protocol)])
    pairs.set(key, { ...pairs.get(key), [run.protocol.reluGradient]: run })
  }
  return [...pairs.values()].flatMap(({ modified, standard }) => (modified && standard ? [{ modified, standard }] : []))
}

/**
 * Compare ρ at the generation layer with and without the modified ReLU gradient.
 *
 * @param layers  in the network's order
 */
export function reluComparison(pairs: readonly ReluPair[], layers: readonly string[]): ReluPoint[] {
  return layers.flatMap((layer) => {
    const here = pairs.filter(({ modified }) => modified.layer === layer)
    if (here.length === 0) return []
    return (['modified', 'standard'] as const).map((gradient) => {
      const { metamers, ...mean } = meanOverReferences(here.map((pair) => ({ referenceId: pair[gradient].referenceId, value: pair[gradient].rho ?? NaN })))
      return { layer, gradient, ...mean, pairs: metamers }
    })
  })
}

function settingsBesides({ name: _, reluGradient: __, ...rest }: Protocol): Omit<Protocol, 'name' | 'reluGradient'> {
  return rest
}
