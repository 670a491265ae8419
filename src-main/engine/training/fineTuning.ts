import * as tf from '@tensorflow/tfjs-core'
import { readCard, type Card } from '../../domain/card.ts'
import { ProtocolError } from '../../domain/errors.ts'
import { stageIndex } from '../../domain/stages.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { efficientNetLiteSizes, liteCodeOf, type LiteSizes } from '../models/architectures/efficientNetLiteLayout.ts'
import { pictureScaling } from '../models/architectures/pictureScaling.ts'
import { buildNetwork } from '../models/buildModel.ts'
import { networkSummary, type CatalogueEntry } from '../models/catalogue.ts'
import { createLazyTensors } from '../models/lazyTensors.ts'

/** Where learning begins by default: the stages of the lowest resolution, half of all weights, adapt to a few hundred pictures. */
const defaultFrom = 'block6'

export interface FineTuning {
  sizes: LiteSizes
  /** Name of the catalogue network whose code it is. */
  code: string
  /** The first stage that learns. */
  from: string
  /** Pixels that it takes. */
  size: { height: number; width: number }
}

/**
 * Whether and how a network can be fine-tuned.
 *
 * @param from  the first stage that is to learn; null: a default
 * @throws ProtocolError when it hears, is of another architecture, or has no such stage
 */
export function fineTuningOf(card: Card, from: string | null): FineTuning {
  const known = Object.keys(efficientNetLiteSizes).join(', ')
  if (card.input.kind !== 'image') throw new ProtocolError(`Network "${card.name}" takes sounds; pictures are learned by a network that takes pictures. Choose one of ${known}, or a network made from one of these.`)
  const code = liteCodeOf(card)
  if (code === null) {
    throw new ProtocolError(`Network "${card.name}" cannot be fine-tuned: only EfficientNet-Lite can. Choose one of ${known}, or a network made from one of these.`)
  }
  const first = card.stages[stageIndex(networkSummary(card), from ?? defaultFrom)]!.name
  const { height, width } = card.input
  return { sizes: efficientNetLiteSizes[code], code, from: first, size: { height, width } }
}

/** What comes before the stages that learn. Owns its tensors. */
export interface FrozenStages {
  /** Of what it gives for one picture. */
  shape: readonly number[]
  /** @param x  float32 [batch, height, width, 3], RGB in [0, 1] @returns [batch, ...shape], inside the caller's tidy */
  forward(x: tf.Tensor): tf.Tensor
  dispose(): void
}

/** @param from  the first stage that learns; before the first of all, pictures are only scaled */
export function frozenStages({ card, architecture }: CatalogueEntry, weights: NamedArrays, from: string): FrozenStages {
  const first = card.stages.findIndex(({ name }) => name === from)
  if (first > 0) {
    const model = buildNetwork({ card, architecture }, { weights })
    return { shape: card.stages[first - 1]!.shape, forward: (x) => model.run(x, first - 1, 'ordinary'), dispose: model.dispose }
  }
  if (card.input.kind !== 'image') throw new Error('Frozen stages are of a network that takes pictures.')
  const tensors = createLazyTensors()
  return { shape: [card.input.height, card.input.width, card.input.channels], forward: pictureScaling({ card, tensors }), dispose: tensors.dispose }
}

export interface FineTunedNetwork {
  name: string
  title: string
  base: Card
  /** Name of the catalogue network whose code it is. */
  code: string
  labels: string[]
  weights: { hash: string; source: string; licence: string }
  notes: string[]
}

/** The card of a network that was fine-tuned here: its base's, with a classifier and weights of its own. */
export function fineTunedCard({ name, title, base, code, labels, weights: { hash, source, licence }, notes }: FineTunedNetwork): Card {
  const value: unknown = {
    format: 1,
    name,
    aliases: [],
    title,
    input: base.input,
    network: { from: 'architecture', name: code },
    normalisation: base.normalisation,
    frontEnd: null,
    stages: base.stages.map((stage, i) => (i === base.stages.length - 1 ? { ...stage, shape: [labels.length] } : stage)),
    labels,
    head: 'softmax',
    baseLearningRate: base.baseLearningRate,
    needsNativeEngine: base.needsNativeEngine,
    weights: { state: 'trained', source, licence, file: 'weights.safetensors', hash, sourceFile: { name: 'weights.safetensors', hash } },
    notes,
  }
  return readCard(value, `of "${name}"`)
}
