import { readCard, type Card } from '../../domain/card.ts'
import { logitsHead } from '../models/architectures/hearingHeads.ts'
import type { TrainableNetwork } from './trainableNetwork.ts'

export interface TrainedNetwork {
  name: string
  title: string
  network: Pick<TrainableNetwork, 'base' | 'architecture' | 'stages' | 'notes'>
  /** Of the head that gives the logits. */
  labels: string[]
  weights: { hash: string; source: string; licence: string }
  notes: string[]
}

/** The card of a network that was trained here: it is found in a folder of networks and runs the code of a catalogue network. */
export function trainedCard({ name, title, network: { base, architecture, stages, notes: ofNetwork }, labels, weights, notes }: TrainedNetwork): Card {
  const { hash, source, licence } = weights
  const value: unknown = {
    format: 1,
    name,
    aliases: [],
    title,
    input: base.input,
    network: { from: 'architecture', name: base.name },
    normalisation: null,
    frontEnd: base.frontEnd,
    architecture,
    stages,
    labels,
    head: logitsHead(architecture.outputs).head === 'word' ? 'softmax' : 'sigmoid',
    baseLearningRate: base.baseLearningRate,
    needsNativeEngine: null,
    weights: { state: 'trained', source, licence, file: 'weights.safetensors', hash, sourceFile: { name: 'weights.safetensors', hash } },
    notes: [...ofNetwork, ...notes],
  }
  return readCard(value, `of "${name}"`)
}
