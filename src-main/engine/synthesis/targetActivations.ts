import type * as tf from '@tensorflow/tfjs-core'
import { activationsAt, type Model } from '../models/model.ts'

/**
 * Run the reference stimulus up to the generation layer: what the metamer has to match.
 *
 * @param reference  float32 [1, ...input of the network]
 * @returns          [1, ...shape of the layer]; the caller disposes it
 * @throws ProtocolError when the network has no such layer
 */
export function targetActivations(model: Model, layer: string, reference: tf.Tensor): tf.Tensor {
  return activationsAt(model, layer, reference)
}
