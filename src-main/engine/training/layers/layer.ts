import type * as tf from '@tensorflow/tfjs-core'
import type { Variable } from '../../native/variable.ts'

/** What a layer needs to know about one pass. */
export interface Pass {
  /** 'train': batch statistics, dropout; 'evaluate': as the finished network computes. */
  mode: 'train' | 'evaluate'
  /** Two whole numbers in [0, 2^31): all that is random in this pass depends on them and on the layer's place. */
  seed: readonly [number, number]
  /** Keep every layer's output, also where no gradient needs it: to look for what went wrong. */
  keepOutputs?: boolean
}

/** A weight that is trained, under the name that it has in the network's weight file. */
export interface NamedVariable {
  name: string
  variable: Variable
}

/**
 * One step of a network in training. Gradients are written out by hand, not taken from tfjs's tape: what a layer keeps for
 * them, and which of them are computed at all, is then in the layer's own hands. Native engine only. Tensors are disposed
 * by the tidy around a pass.
 */
export interface TrainingLayer {
  readonly name: string
  readonly trained: readonly NamedVariable[]
  /** Changed by passes in training, not by the optimiser: running statistics. */
  readonly statistics: readonly NamedVariable[]
  /** @param x  float32 [batch, ...] */
  forward(x: tf.Tensor, pass: Pass): Forwarded
}

export interface Forwarded {
  y: tf.Tensor
  /** What `backward` reads of x and y; absent: both. What no layer reads is let go at once. */
  reads?: 'x' | 'y' | 'neither'
  /**
   * @param dy      gradient of the loss with respect to y
   * @param inputs  whether the gradient with respect to x is wanted; the first layer's is not
   */
  backward(dy: tf.Tensor, inputs: boolean): Backward
}

export interface Backward {
  /** null where it was not wanted. */
  dx: tf.Tensor | null
  /** One for each trained variable, in order. */
  gradients: tf.Tensor[]
}

interface PlainForwarded extends Pick<Forwarded, 'y' | 'reads'> {
  gradient: (dy: tf.Tensor) => tf.Tensor
}

/** A layer without weights. */
export function plainLayer(name: string, forward: (x: tf.Tensor, pass: Pass) => PlainForwarded): TrainingLayer {
  return {
    name,
    trained: [],
    statistics: [],
    forward(x, pass) {
      const { y, gradient, ...read } = forward(x, pass)
      return { y, ...read, backward: (dy, inputs) => ({ dx: inputs ? gradient(dy) : null, gradients: [] }) }
    },
  }
}
