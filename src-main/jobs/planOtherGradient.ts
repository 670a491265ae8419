import { UsageError } from '../domain/errors.ts'
import type { RunSet } from '../domain/figure.ts'
import { metamerKey, runsByMetamer } from '../domain/metamerKey.ts'
import type { NetworkSummary } from '../domain/network.ts'
import { withOtherGradient } from '../domain/protocol.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunPlan, RunSummary } from '../domain/run.ts'

/**
 * Plan what is missing to compare the modified and the standard ReLU gradient on a set of runs (the paper's Figure 2): each
 * run at a layer that ends in a ReLU once more, with the other gradient and all else as it was.
 *
 * @param runs  all of the project
 * @throws UsageError when nothing is missing, or no run is at such a layer
 */
export function planOtherGradient(set: RunSet, runs: readonly RunSummary[], networks: readonly NetworkSummary[]): RunPlan[] {
  const rectified = requireNetwork(networks, set.network).stages.filter(({ endsIn }) => endsIn !== 'linear').map(({ name }) => name)
  const alive = runs.filter(({ network, networkHash, state }) => network === set.network && networkHash === set.networkHash && state !== 'failed' && state !== 'cancelled')
  const own = alive.filter(({ protocol, layer }) => protocol.name === set.protocol && rectified.includes(layer))
  if (own.length === 0) throw new UsageError(`None of these runs is at a layer that ends in a ReLU, where the gradient makes a difference. Of "${set.network}" those are: ${rectified.join(', ') || 'none'}.`)
  const made = runsByMetamer(runs)
  const missing = own.filter((run) => !made.has(metamerKey({ ...run, protocol: withOtherGradient(run.protocol) })))
  if (missing.length === 0) throw new UsageError('Every run of this set at a layer that ends in a ReLU was made, or is in the queue, with the other gradient, too.')
  return missing.map(({ network, layer, referenceId, protocol, seed }) => ({
    network, layers: [layer], referenceIds: [referenceId], protocol: withOtherGradient(protocol), seed,
  }))
}
