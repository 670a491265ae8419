import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from './customGradient.ts'
import { kernelThreads } from './kernels.ts'
import { rectified, rectifiedGradient } from './rectify.ts'
import { attribute, isNative, runOp } from './tensorflow.ts'

/**
 * Rectify, with the ordinary gradient taken from the output.
 * tfjs' own gradient goes through Step, twelve times slower than the rectifier itself.
 *
 * @param x  float32, any shape
 * @returns  max(x, 0); the caller disposes it
 * @gradient dy where the output is above 0, else 0
 */
export function relu(x: tf.Tensor): tf.Tensor {
  if (kernelsTake(x)) return reluKernel(x)
  return isNative() ? reluNative(x) : reluPlain(x)
}

/**
 * Rectify and cap at 6.
 *
 * @param x  float32, any shape
 * @returns  min(max(x, 0), 6); the caller disposes it
 * @gradient dy where the output lies strictly between 0 and 6, else 0
 */
export function relu6(x: tf.Tensor): tf.Tensor {
  if (kernelsTake(x)) return relu6Kernel(x)
  return isNative() ? relu6Native(x) : relu6Plain(x)
}

/**
 * Rectify and clip at a ceiling other than ReLU6's.
 *
 * @param x  float32, any shape
 * @returns  min(max(x, 0), ceiling); the caller disposes it
 * @gradient dy where the output lies strictly between 0 and the ceiling, else 0
 */
export function clippedRelu(x: tf.Tensor, ceiling: number): tf.Tensor {
  if (kernelsTake(x)) return rectifierKernel(ceiling)(x)
  return rectifier((y) => tf.clipByValue(y, 0, ceiling), (dy, y) =>
    tf.mul(dy, tf.cast(tf.logicalAnd(tf.greater(y, 0), tf.less(y, ceiling)), 'float32')))(x)
}

/** min(max(x, 0), ceiling), not recorded for differentiation; the caller disposes it. */
export function rectifiedValue(x: tf.Tensor, ceiling = Infinity): tf.Tensor {
  if (kernelsTake(x)) return rectified(x, { floor: 0, ceiling })
  return ceiling === Infinity ? tf.relu(x) : tf.clipByValue(x, 0, ceiling)
}

export const reluKernel = rectifierKernel(Infinity)
export const relu6Kernel = rectifierKernel(6)
export const reluNative = rectifier(tf.relu, (dy, y) => runOp('ReluGrad', [attribute.float32()], dy, y))
export const reluPlain = rectifier(tf.relu, (dy, y) => tf.mul(dy, tf.cast(tf.greater(y, 0), 'float32')))
export const relu6Native = rectifier(tf.relu6, (dy, y) => runOp('Relu6Grad', [attribute.float32()], dy, y))
export const relu6Plain = rectifier(tf.relu6, (dy, y) =>
  tf.mul(dy, tf.cast(tf.logicalAnd(tf.greater(y, 0), tf.less(y, 6)), 'float32')),
)

/** Pair a rectifier with a gradient computed from the output alone. */
function rectifier(
  forward: (x: tf.Tensor) => tf.Tensor,
  gradient: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): (x: tf.Tensor) => tf.Tensor {
  return (x) =>
    customGradient(x, (input, save) => {
      const y = forward(input)
      save([y])
      return { value: y, gradFunc: (dy, [saved]) => gradient(dy, saved!) }
    })
}

function rectifierKernel(ceiling: number): (x: tf.Tensor) => tf.Tensor {
  const limits = { floor: 0, ceiling }
  return rectifier((x) => rectified(x, limits), (dy, y) => rectifiedGradient(dy, y, limits))
}

function kernelsTake(x: tf.Tensor): boolean {
  return kernelThreads() !== null && x.rank > 0
}
