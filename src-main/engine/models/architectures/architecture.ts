import type * as tf from '@tensorflow/tfjs-core'
import type { FrontEnd } from '../../frontends/frontEnd.ts'
import type { Card } from '../../../domain/card.ts'
import type { LazyTensors } from '../lazyTensors.ts'
import type { Stage } from '../stage.ts'
import type { WeightsSource } from '../weightsSource.ts'

/** The computation of one stage; the card says the rest about it. */
export type StageStep = Pick<Stage, 'name' | 'from' | 'forward'>

/** What an architecture is built from. */
export interface Parts {
  card: Card
  weights: WeightsSource
  tensors: LazyTensors
  /** Of networks that hear; null for those that see. */
  frontEnd: FrontEnd | null
}

/** Lists a network's stages in order. Every weight is announced to `weights` before it returns. */
export type Architecture = (parts: Parts) => StageStep[]

/** How many outputs the card gives a network: the last stage's. */
export function outputsOf({ card }: Pick<Parts, 'card'>): number {
  return card.stages.at(-1)!.shape.at(-1)!
}

/** Where the weights of an own network come from another program that computes something a little different: which. */
export function variantOf({ card }: Pick<Parts, 'card'>): 'slim' | 'torchvision' | null {
  return (card.network?.from === 'architecture' && card.network.variant) || null
}

/** One differentiable operation. */
export type Layer = (x: tf.Tensor) => tf.Tensor

/** Apply layers one after the other. */
export function sequence(layers: readonly Layer[]): Layer {
  return (x) => layers.reduce((y, layer) => layer(y), x)
}
