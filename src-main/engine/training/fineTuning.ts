import * as tf from '@tensorflow/tfjs-core'
import { readCard, type Card } from '../../domain/card.ts'
import { ProtocolError } from '../../domain/errors.ts'
import { stageIndex } from '../../domain/stages.ts'
import type { NamedArrays } from '../../domain/weights.ts'
import { variantOf } from '../models/architectures/architecture.ts'
import { pictureScaling } from '../models/architectures/pictureScaling.ts'
import { buildNetwork } from '../models/buildModel.ts'
import { networkSummary, type CatalogueEntry } from '../models/catalogue.ts'
import { fineTunableAs, fineTunableCodes, type FineTunableCode } from '../models/fineTunable.ts'
import { createLazyTensors } from '../models/lazyTensors.ts'
import type { LateStages } from './lateStages/lateStages.ts'
import { lateStagesOf } from './lateStages/lateStagesOf.ts'

export interface FineTuning {
  network: LateStages
  /** Name of the catalogue network whose code it is. */
  code: FineTunableCode
  /** The first stage that learns. */
  from: string
  /** Pixels that it takes. */
  size: { height: number; width: number }
}

/**
 * Whether and how a network can be fine-tuned.
 *
 * @param from  the first stage that is to learn; null: a default
 * @throws ProtocolError when it hears, is a whole graph from a file, or has no such stage
 */
export function fineTuningOf(card: Card, from: string | null): FineTuning {
  const choose = `Choose one of ${fineTunableCodes.join(', ')}, or a network made from one of these.`
  if (card.input.kind !== 'image') throw new ProtocolError(`Network "${card.name}" takes sounds; pictures are learned by a network that takes pictures. ${choose}`)
  const known = fineTunableAs(card)
  if (known === null) {
    throw new ProtocolError(`Network "${card.name}" cannot be fine-tuned: it came from its file as a whole graph, whose weights stay as they are. ${choose}`)
  }
  const { code, defaultFrom } = known
  const first = card.stages[stageIndex(networkSummary(card), from ?? defaultFrom)]!.name
  const { height, width } = card.input
  return { network: lateStagesOf(code, card), code, from: first, size: { height, width } }
}

/** What a person may not expect of the network to begin with, a sentence each. @param from  the first stage that learns */
export function baseNotices({ name, weights, stages }: Card, from: string): string[] {
  if (weights.state !== 'random') return []
  const frozen = from === stages[0]!.name ? '' : `the stages before ${from}, which stay as they are, are random filters, and `
  return [`The weights of "${name}" are random (seed ${weights.seed}): ${frozen}the stages that learn begin at random. Import trained weights to begin with what a network has learned.`]
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

/** The card of a network that was fine-tuned here: its base's, with a classifier and weights of its own. A variant stays one. */
export function fineTunedCard({ name, title, base, code, labels, weights: { hash, source, licence }, notes }: FineTunedNetwork): Card {
  const variant = variantOf({ card: base })
  const value: unknown = {
    format: 1,
    name,
    aliases: [],
    title,
    input: base.input,
    network: { from: 'architecture', name: code, ...(variant ? { variant } : {}) },
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
