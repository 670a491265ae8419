import * as tf from '@tensorflow/tfjs-core'
import { fullConvolutionAttributes } from './convolutionAttributes.ts'
import { runOp } from './tensorflow.ts'

/**
 * Gradient with respect to the filter of a stride-1 SAME convolution that takes one channel, in two thirds of Conv2DBackpropFilter's
 * time, which has one input channel to spread over a processor's vector units. The taps along the width are laid out as channels first.
 * (With strides that gains nothing.) Native only.
 *
 * @param x      float32 [batch, height, width, 1]
 * @param dy     float32 [batch, height, width, filters]
 * @param shape  of the filter, [fh, fw, 1, filters]
 * @returns      float32 of that shape; a surrounding tidy disposes it
 */
export function oneChannelFilterGradient(x: tf.Tensor, dy: tf.Tensor, shape: number[]): tf.Tensor {
  const [fh, fw, , filters] = shape as [number, number, number, number]
  const [batch, , width] = x.shape as [number, number, number]
  const padded = tf.pad(x as tf.Tensor4D, [[0, 0], zeros(fh), zeros(fw), [0, 0]])
  const taps = Array.from({ length: fw }, (_, tap) => tf.slice(padded, [0, 0, tap, 0], [batch, -1, width, 1]))
  const attributes = fullConvolutionAttributes([1, 1], 'VALID')
  return tf.reshape(runOp('Conv2DBackpropFilter', attributes, tf.concat(taps, 3), tf.tensor1d([fh, 1, fw, filters], 'int32'), dy), shape)
}

/** Before and after, as SAME has them. */
function zeros(taps: number): [number, number] {
  return [Math.floor((taps - 1) / 2), Math.ceil((taps - 1) / 2)]
}
