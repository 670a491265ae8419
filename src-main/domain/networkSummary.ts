import type { Card } from './card.ts'
import { cochleagramSpaceOf } from './cochleagramSpace.ts'
import type { NetworkSummary, WeightsSummary } from './network.ts'

/** What the program tells about the network of a card. */
export function summaryOf(card: Card, labels: string[]): NetworkSummary {
  return {
    name: card.name,
    aliases: card.aliases,
    title: card.title,
    kind: card.input.kind,
    input: card.input,
    cochleagram: cochleagramSpaceOf(card),
    stages: card.stages,
    labels,
    labelOffset: card.labelOffset,
    own: card.network !== undefined,
    head: card.head,
    oneAtATime: card.network?.from === 'graph',
    weights: weightsSummary(card),
    trainedWeights: card.trainedWeights ?? null,
    baseLearningRate: card.baseLearningRate,
    needsNativeEngine: card.needsNativeEngine,
  }
}

function weightsSummary({ weights, trainedWeights }: Card): WeightsSummary {
  const { state, hash, licence } = weights
  return {
    state,
    source: weights.state === 'needed' ? importSentence(trainedWeights) : weights.source,
    seed: weights.state === 'random' ? weights.seed : null,
    hash,
    licence,
    file: weights.state === 'trained' ? weights.file : null,
  }
}

/** Which file a network is waiting for. */
function importSentence(trained: Card['trainedWeights']): string {
  if (!trained) return 'none are known; import weights of the shapes that its architecture has.'
  return `it takes ${trained.file} (${trained.formats.join(', ')}). ${trained.where}`
}
