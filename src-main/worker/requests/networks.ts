import type { NetworkSummary } from '../../domain/network.ts'
import type { CardFile } from '../../domain/workerMessages.ts'
import type { WorkerContext } from '../context.ts'
import { loadingTold } from '../loadingTold.ts'
import { networkOf } from '../networkOf.ts'

export function networks(context: WorkerContext): NetworkSummary[] {
  return context.networks.summaries()
}

/** Know these networks beside the catalogue's; what was built of those known before is forgotten. */
export function useNetworks(context: WorkerContext, { cards }: { cards: CardFile[] }): { problems: string[] } {
  for (const { name, own } of context.networks.summaries()) if (own) context.models.forget(name)
  return { problems: context.networks.use(cards) }
}

/**
 * Read a trained network's file and keep what is in it.
 *
 * @throws ModelFileError when it cannot be read or is not the one the network's card names
 */
export async function loadWeights(context: WorkerContext, { network, file }: { network: string; file: string }): Promise<null> {
  const { name } = networkOf(context, network)
  await context.networks.load(name, file, loadingTold(context, name))
  context.models.forget(name)
  return null
}
