import type { Card } from '../../../domain/card.ts'
import type { NetworkGraph } from '../../../domain/graph.ts'
import { frontEndFor } from '../../frontends/frontEndFor.ts'
import { networkSummary } from '../catalogue.ts'
import type { Model } from '../model.ts'
import { createGraphModel } from './graphModel.ts'
import type { GraphInputSettings } from './graphInput.ts'

/** What a card says of a network whose file holds the whole graph. */
export type GraphCard = Card & { network: Extract<NonNullable<Card['network']>, { from: 'graph' }> }

export function isGraphCard(card: Card): card is GraphCard {
  return card.network?.from === 'graph'
}

/**
 * Build the network that a card makes of a graph.
 *
 * @throws ModelFileError when a stage names a tensor that is not there, or needs what cannot be computed
 */
export function buildGraphNetwork(card: GraphCard, graph: NetworkGraph): Model {
  const input = graphInputOf(card)
  const tensors = card.stages.map(({ name, tensor }) => tensor ?? name)
  const model = createGraphModel({ graph, summary: networkSummary(card), tensors, input })
  return {
    ...model,
    dispose() {
      model.dispose()
      input.frontEnd?.dispose()
    },
  }
}

/** How a stimulus becomes the graph's input. The front end is the caller's to dispose. */
export function graphInputOf({ network, normalisation, frontEnd, input }: Pick<GraphCard, 'network' | 'normalisation' | 'frontEnd' | 'input'>): GraphInputSettings {
  return { name: network.input, layout: network.layout, normalisation, frontEnd: frontEndFor(frontEnd, input) }
}
