import type * as tf from '@tensorflow/tfjs-core'
import type { FrontEnd } from './frontEnd.ts'

/**
 * Turn a sound into what the first layer takes. What the front end itself would give goes past it: synthesis may move that.
 *
 * @param x  float32 [batch, samples], or [batch, rows, columns, 1]
 * @returns  float32 [batch, rows, columns, 1]; x itself where it is that already
 * @throws ShapeError when it is neither
 */
export function hear(frontEnd: FrontEnd, x: tf.Tensor): tf.Tensor {
  const [, rows, columns] = x.shape
  return x.rank === 4 && rows === frontEnd.rows && columns === frontEnd.columns ? x : frontEnd.forward(x)
}
