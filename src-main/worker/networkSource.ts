import { ModelFileError, ProtocolError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { NamedArrays } from '../domain/weights.ts'
import type { CardFile } from '../domain/workerMessages.ts'
import { buildNetwork } from '../engine/models/buildModel.ts'
import { readCard, type Card } from '../domain/card.ts'
import { findNetwork, networkSummaries, networkSummary, type CatalogueEntry } from '../engine/models/catalogue.ts'
import type { Model } from '../engine/models/model.ts'
import { openWeights } from '../weights/openWeights.ts'
import type { NetworkSource } from './context.ts'

/** The catalogue's networks, and those of the user's own that the host tells of. */
export function createNetworkSource(): NetworkSource {
  const own = new Map<string, Card>()
  const loaded = new Map<string, NamedArrays>()
  const entryOf = (name: string): CatalogueEntry => {
    const card = own.get(name)
    return card ? ownEntry(card) : findNetwork(name)
  }
  return {
    summaries: () => [...networkSummaries(), ...[...own.values()].map(networkSummary)],
    use(cards) {
      own.clear()
      return cards.flatMap((file) => problemsOf(() => own.set(...usable(file, own))))
    },
    load: (name, bytes, hash) => void loaded.set(name, openWeights(entryOf(name).card, bytes, hash)),
    build: (name): Model => buildNetwork(entryOf(name), { weights: loaded.get(name) ?? null }),
  }
}

function problemsOf(take: () => unknown): string[] {
  try {
    take()
    return []
  } catch (error) {
    if (error instanceof ModelFileError || error instanceof ProtocolError) return [error.message]
    throw error
  }
}

/** @throws ModelFileError when the card has a mistake, says too little, or takes a name that another network has */
function usable({ fileName, value }: CardFile, own: ReadonlyMap<string, Card>): [string, Card] {
  const card = readCard(value, fileName)
  if (own.has(card.name) || isInCatalogue(card.name)) {
    throw new ModelFileError(`The network card ${fileName} has the name "${card.name}", which another network has. Give it a name of its own.`)
  }
  ownEntry(card)
  return [card.name, card]
}

function isInCatalogue(name: string): boolean {
  return networkSummaries().some((network: NetworkSummary) => network.name === name || network.aliases?.includes(name))
}

function ownEntry(card: Card): CatalogueEntry {
  if (card.network?.from === 'architecture') return { card, architecture: findNetwork(card.network.name).architecture }
  throw new ModelFileError(`The card of network "${card.name}" does not say what computes it: "network" is missing. Import the network's file again.`)
}
