import * as tf from '@tensorflow/tfjs-core'
import { kernelThreads } from './kernels.ts'
import { attribute, runOp, type OpAttribute } from './tensorflow.ts'

/** Where values are clipped; either may be infinite. */
export interface Limits {
  floor: number
  ceiling: number
}

/**
 * Scale and move each channel where that is asked for, then clip, in one pass over memory. Not recorded for differentiation.
 * With compiled kernels only: see `kernelThreads`.
 *
 * @param x         float32 [..., channels]
 * @param channels  float32 [channels] each
 * @returns         same shape; what is not a number stays so
 */
export function rectified(x: tf.Tensor, limits: Limits, channels: { scale?: tf.Tensor | null; offset?: tf.Tensor } = {}): tf.Tensor {
  return runOp('MetamerLabAffineRelu', attributesOf(limits), x, channels.scale ?? tf.zeros([0]), channels.offset ?? tf.zeros([0]))
}

/** @returns scale * dy where y lies strictly between the limits, else 0; plus `added`, of the same shape */
export function rectifiedGradient(dy: tf.Tensor, y: tf.Tensor, limits: Limits, scale: tf.Tensor | null = null, added?: tf.Tensor): tf.Tensor {
  return runOp('MetamerLabAffineReluGradient', attributesOf(limits), dy, y, scale ?? tf.zeros([0]), added ?? tf.zeros([0]))
}

function attributesOf({ floor, ceiling }: Limits): OpAttribute[] {
  return [attribute.integers('threads', kernelThreads()!), attribute.float('floor', floor), attribute.float('ceiling', ceiling)]
}
