import type { NetworkSummary } from '../../domain/network.ts'
import { openWeights } from '../../weights/openWeights.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'

export function networks(context: WorkerContext): NetworkSummary[] {
  return context.networks.summaries()
}

/**
 * Take a trained network's weights and keep them.
 *
 * @throws ModelFileError when they are not the ones the network's card names
 */
export function loadWeights(context: WorkerContext, { network, bytes }: { network: string; bytes: Uint8Array }): null {
  context.weights.set(network, openWeights(networkOf(context, network), bytes))
  context.models.forget(network)
  return null
}
