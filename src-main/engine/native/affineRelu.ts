import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from './customGradient.ts'
import { kernelThreads } from './kernels.ts'
import { rectified, rectifiedGradient } from './rectify.ts'
import { relu } from './relu.ts'

/**
 * Scale and move each channel, then rectify.
 *
 * @param x       float32 [..., channels]
 * @param scale   float32 [channels], frozen; null: 1
 * @param offset  float32 [channels], frozen; both outlive the gradient
 * @returns       max(scale * x + offset, 0), same shape; the caller disposes it
 * @gradient with respect to x only: scale * dy where the result is above 0, else 0
 */
export function affineRelu(x: tf.Tensor, scale: tf.Tensor | null, offset: tf.Tensor): tf.Tensor {
  return kernelThreads() !== null ? affineReluWhole(x, scale, offset) : affineReluApart(x, scale, offset)
}

/** In one pass over memory each way, with compiled kernels. */
export function affineReluWhole(x: tf.Tensor, scale: tf.Tensor | null, offset: tf.Tensor): tf.Tensor {
  const limits = { floor: 0, ceiling: Infinity }
  return customGradient(x, (input, save) => {
    const y = rectified(input, limits, { scale, offset })
    save([y])
    return { value: y, gradFunc: (dy, [saved]) => rectifiedGradient(dy, saved!, limits, scale) }
  })
}

/** The same in TensorFlow's or tfjs' operations. */
export function affineReluApart(x: tf.Tensor, scale: tf.Tensor | null, offset: tf.Tensor): tf.Tensor {
  return relu(tf.add(scale ? tf.mul(x, scale) : x, offset))
}

/**
 * Scale and move each channel.
 *
 * @param x       float32 [..., channels]
 * @param scale   float32 [channels], frozen
 * @param offset  float32 [channels], frozen; both outlive the gradient
 * @returns       scale * x + offset, same shape; the caller disposes it
 * @gradient with respect to x only
 */
export function affine(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  return kernelThreads() !== null ? affineWhole(x, scale, offset) : affineApart(x, scale, offset)
}

/** In one pass over memory each way, with compiled kernels. */
export function affineWhole(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const free = { floor: -Infinity, ceiling: Infinity }
  return customGradient(x, (input) => ({
    value: rectified(input, free, { scale, offset }),
    gradFunc: (dy) => rectified(dy, free, { scale }),
  }))
}

/** The same in TensorFlow's or tfjs' operations. */
export function affineApart(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(x, scale), offset)
}
