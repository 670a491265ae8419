import * as tf from '@tensorflow/tfjs-core'
import { plainLayer, type TrainingLayer } from './layer.ts'

/** Rectified and clipped at a ceiling. */
export function clippedReluLayer(name: string, ceiling: number): TrainingLayer {
  return plainLayer(name, (x) => {
    const y = tf.clipByValue(x, 0, ceiling)
    const gradient = (dy: tf.Tensor): tf.Tensor => tf.mul(dy, tf.cast(tf.logicalAnd(tf.greater(y, 0), tf.less(y, ceiling)), 'float32'))
    return { y, reads: 'y', gradient }
  })
}

/** The same values in another shape, such as patches of a sound that count as a batch. @param shape  one axis may be -1 */
export function reshapeLayer(name: string, shape: number[]): TrainingLayer {
  return plainLayer(name, (x) => ({ y: tf.reshape(x, shape), reads: 'neither', gradient: (dy) => tf.reshape(dy, x.shape) }))
}

/** The mean over the steps or patches of each example: [batch * steps, n], or [batch, steps, n], to [batch, n]. */
export function meanOverLayer(name: string, steps: number): TrainingLayer {
  return plainLayer(name, (x) => {
    const each = [-1, steps, x.shape.at(-1)!]
    const gradient = (dy: tf.Tensor): tf.Tensor => tf.reshape(tf.tile(tf.expandDims(tf.div(dy, steps), 1), [1, steps, 1]), x.shape)
    return { y: tf.mean(tf.reshape(x, each), 1), reads: 'neither', gradient }
  })
}
