import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from './customGradient.ts'
import { attribute, isNative, runOp } from './tensorflow.ts'

/**
 * Multiply rows by frozen weights. tfjs calls TensorFlow's batched product, which takes 1.7 times as long for one row.
 *
 * @param x        float32 [batch, inputs]
 * @param weights  float32 [inputs, outputs]; must outlive the gradient
 * @returns        float32 [batch, outputs]; the caller disposes it
 * @gradient with respect to x only
 */
export function matMul(x: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  return isNative() ? matMulNative(x, weights) : matMulPlain(x, weights)
}

export function matMulNative(x: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  return customGradient(x, (input) => ({
    value: product(input, weights),
    gradFunc: (dy) => product(dy, weights, { transposeB: true }),
  }))
}

export function matMulPlain(x: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  return customGradient(x, (input) => ({
    value: tf.matMul(input as tf.Tensor2D, weights as tf.Tensor2D),
    gradFunc: (dy) => tf.matMul(dy as tf.Tensor2D, weights as tf.Tensor2D, false, true),
  }))
}

/** The bare product of either, not recorded for differentiation: call it inside a customGrad. */
export function rowProduct(rows: tf.Tensor, weights: tf.Tensor, transposed = false): tf.Tensor {
  return isNative() ? product(rows, weights, { transposeB: transposed }) : tf.matMul(rows as tf.Tensor2D, weights as tf.Tensor2D, false, transposed)
}

/** Up to so many rows are multiplied by a transpose one after the other: for two, TensorFlow takes fifteen times as long as for one. */
export const rowsApart = 8

/** TensorFlow's own product of two matrices, not recorded for differentiation: call it inside a customGrad. */
export function product(a: tf.Tensor, b: tf.Tensor, { transposeA = false, transposeB = false } = {}): tf.Tensor {
  const rows = a.shape[0]!
  if (transposeB && !transposeA && rows > 1 && rows <= rowsApart) return tf.concat(tf.split(a, rows).map((row) => product(row, b, { transposeB })))
  const attributes = [attribute.float32(), attribute.flag('transpose_a', transposeA), attribute.flag('transpose_b', transposeB)]
  return runOp('MatMul', attributes, a, b)
}

/**
 * Multiply every row of a by every row of b; no gradient.
 *
 * @param a  float32 [m, n]
 * @param b  float32 [k, n]
 * @returns  float32 [m, k]; the caller disposes it
 */
export function rowProducts(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor {
  return isNative() ? product(a, b, { transposeB: true }) : tf.matMul(a, b, false, true)
}
