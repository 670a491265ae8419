import { ModelFileError, ProtocolError } from '../domain/errors.ts'
import { readCard, type Card } from '../domain/card.ts'
import type { NetworkGraph } from '../domain/graph.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { NamedArrays } from '../domain/weights.ts'
import type { CardFile } from '../domain/workerMessages.ts'
import { buildNetwork } from '../engine/models/buildModel.ts'
import { findNetwork, networkSummaries, networkSummary, type CatalogueEntry } from '../engine/models/catalogue.ts'
import { buildGraphNetwork, isGraphCard } from '../engine/models/graph/buildGraphNetwork.ts'
import { randomArrays } from '../engine/models/randomArrays.ts'
import { openWeights } from '../weights/openWeights.ts'
import { requireHash } from '../weights/requireHash.ts'
import { readHashed } from '../weights/weightSource.ts'
import type { NetworkSource } from './context.ts'
import { readModelFile } from './modelFile.ts'

/** The catalogue's networks, and those of the user's own that the host tells of. */
export function createNetworkSource(): NetworkSource {
  const own = new Map<string, Card>()
  const weights = new Map<string, NamedArrays>()
  const graphs = new Map<string, NetworkGraph>()
  const cardOf = (name: string): Card => own.get(name) ?? findNetwork(name).card
  return {
    summaries: () => [...networkSummaries(), ...[...own.values()].map(networkSummary)],
    use(cards) {
      own.clear()
      return cards.flatMap((file) => problemsOf(() => own.set(...usable(file, own))))
    },
    async load(name, file, told) {
      const card = cardOf(name)
      if (isGraphCard(card)) graphs.set(name, await readGraph(card, file, told))
      else {
        const { bytes, sha256 } = await readHashed(file, told)
        weights.set(name, openWeights(card, bytes, sha256))
      }
    },
    build(name) {
      const card = cardOf(name)
      if (isGraphCard(card)) return buildGraphNetwork(card, loadedGraph(name, graphs))
      return buildNetwork(entryOf(card), { weights: weights.get(name) ?? null })
    },
    card: cardOf,
    base(name) {
      const card = cardOf(name)
      if (isGraphCard(card)) throw new ModelFileError(`Network "${name}" is a whole graph: its weights stay as they are. Choose a network whose code the program knows.`)
      const arrays = weights.get(card.name) ?? randomArrays(entryOf(card))
      if (!arrays) throw new ModelFileError(`Network "${name}" needs its trained weights, which were not loaded. Load them first, or choose another network.`)
      return { entry: entryOf(card), arrays }
    },
  }
}

async function readGraph(card: Card, file: string, told: Parameters<typeof readModelFile>[1]): Promise<NetworkGraph> {
  const { hash, graph } = await readModelFile(file, told)
  requireHash(card, hash)
  if (graph) return graph
  throw new ModelFileError(`The file of network "${card.name}" holds weights and no network. Import the network's file again.`)
}

function loadedGraph(name: string, graphs: ReadonlyMap<string, NetworkGraph>): NetworkGraph {
  const graph = graphs.get(name)
  if (graph) return graph
  throw new ModelFileError(`Network "${name}" needs its file, which was not loaded. Load it first.`)
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
  if (!isGraphCard(card)) entryOf(card)
  return [card.name, card]
}

function isInCatalogue(name: string): boolean {
  return networkSummaries().some((network: NetworkSummary) => network.name === name || network.aliases?.includes(name))
}

/** Of the user's own networks the card says whose code computes them. */
function entryOf(card: Card): CatalogueEntry {
  if (card.network?.from === 'architecture') return { card, architecture: findNetwork(card.network.name).architecture }
  if (isInCatalogue(card.name)) return findNetwork(card.name)
  throw new ModelFileError(`The card of network "${card.name}" does not say what computes it: "network" is missing. Import the network's file again.`)
}
