import type { NetworkSummary } from '../domain/network.ts'
import type { RunSummary } from '../domain/run.ts'

/** What the compute process may hold of activations, in bytes: with network and program it stays within about 1.5 GB. */
const activationBudget = 1e9
/** Held on the way for each value that a stage gives, measured: 12 where a stage is one operation or two, 23 in EfficientNet, 41 under Hann pools, whose convolutions are much larger than what the stage gives. */
const tensorsPerStage = 41
const bytesPerValue = 4

/** Runs of one group ask the same of a network, but for references and seeds: one evaluation can serve them all. */
export function groupOf({ network, networkHash, layer, protocol: { name: _, ...settings } }: Pick<RunSummary, 'network' | 'networkHash' | 'layer' | 'protocol'>): string {
  return JSON.stringify([network, networkHash, layer, settings])
}

/**
 * How many runs of a group may be made at once.
 *
 * @param most  asked for
 * @returns at least 1; fewer than asked for where their activations would take too much memory
 */
export function placesFor(network: Pick<NetworkSummary, 'stages' | 'oneAtATime'>, layer: string, most: number): number {
  if (network.oneAtATime) return 1
  const last = network.stages.findIndex(({ name }) => name === layer)
  const values = network.stages.slice(0, last + 1).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const fitting = Math.floor(activationBudget / (values * tensorsPerStage * bytesPerValue))
  return Math.max(1, Math.min(most, fitting))
}
