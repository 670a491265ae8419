import * as tf from '@tensorflow/tfjs-core'
import type { NetworkSummary } from '../../domain/network.ts'
import { stageIndex } from '../../domain/stages.ts'
import { tidyNumbers } from '../support/tidyNumbers.ts'
import type { EndGradient, Stage } from './stage.ts'

/** A network that can be run: its summary and its stages, weights in place. */
export interface Model {
  readonly summary: NetworkSummary
  readonly stages: readonly Stage[]
  /** Free the weights. */
  dispose(): void
}

/**
 * Run a network up to one stage and no further.
 *
 * @param x    the variable that synthesis optimises, [batch, ...]
 * @param end  gradient of the ReLU that ends that stage; every earlier one is ordinary
 * @returns    [batch, ...shape of the stage]; the caller disposes it
 * @throws ProtocolError when the network has no such stage
 */
export function activationsAt(model: Model, layer: string, x: tf.Tensor, end: EndGradient = 'ordinary'): tf.Tensor {
  const last = stageIndex(model.summary, layer)
  return tf.tidy(() => {
    let y = x
    for (let i = 0; i <= last; i++) y = model.stages[i]!.forward(y, i === last ? end : 'ordinary')
    return y === x ? tf.clone(y) : y
  })
}

/**
 * Run a whole network and read every stage.
 *
 * @returns one flat float32 vector per stage, in order
 */
export function activationsOfAllStages(model: Model, x: tf.Tensor): Float32Array[] {
  return tidyNumbers(() => {
    const values: Float32Array[] = []
    let y = x
    for (const stage of model.stages) {
      y = stage.forward(y, 'ordinary')
      values.push(y.dataSync() as Float32Array)
    }
    return values
  })
}

export { stageIndex }
