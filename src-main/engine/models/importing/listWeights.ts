import type * as tf from '@tensorflow/tfjs-core'
import type { FrontEnd } from '../../frontends/frontEnd.ts'
import type { Card } from '../../../domain/card.ts'
import type { CatalogueEntry } from '../catalogue.ts'
import type { WeightsSource } from '../weightsSource.ts'
import type { NamedShape } from './namedShape.ts'

/** Every weight of a network in the order its architecture announces them. No tensors are made. */
export function listWeights({ card, architecture }: CatalogueEntry): NamedShape[] {
  const list: NamedShape[] = []
  const weights: WeightsSource = {
    weight: (name, shape) => {
      list.push({ name, shape })
      return () => new Float32Array(shape.at(-1)!)
    },
    finish: () => undefined,
  }
  const tensors = { lazily: (make: () => tf.Tensor) => make, dispose: () => undefined }
  architecture({ card, weights, tensors, frontEnd: card.frontEnd && sizesOnly(card) })
  return list
}

/** What the first stage of a network that hears says about its front end: enough to list weights by. */
function sizesOnly({ stages, input }: Card): FrontEnd {
  const shape = stages[0]!.shape
  const axes = shape.length > 2 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape
  const columns = axes.at(-1)!
  const { samples, sampleRateHz } = input.kind === 'audio' ? input : { samples: 0, sampleRateHz: 0 }
  const forward = (): never => {
    throw new Error('Weights are listed without a front end.')
  }
  return { rows: axes.slice(0, -1).reduce((a, b) => a * b, 1), columns, samples, sampleRateHz, forward, dispose: () => undefined }
}
