import * as tf from '@tensorflow/tfjs-core'
import { installedKernels } from './kernels.ts'
import { attribute, runOp } from './tensorflow.ts'

/** Whether the kernels of this process take the gradient of such a convolution: of pictures of a few channels, in square strides. */
export function kernelsTakeFewChannels(filter: tf.Tensor, [down, across]: readonly [number, number]): boolean {
  const channels = filter.shape[2]!
  return installedKernels() !== null && channels > 1 && channels <= 4 && down === across
}

/**
 * Transpose of a convolution that takes two to four channels: a matrix product for each row of the window, in a third of the time that
 * Conv2DBackpropInput takes. Native only, with compiled kernels; not recorded for differentiation.
 *
 * @param dy      float32 [batch, height', width', filters]
 * @param filter  float32 [height, width, channels, filters]
 * @param shape   of what was convolved
 */
export function fewChannelsGradient(dy: tf.Tensor, filter: tf.Tensor, shape: number[], stride: number, padding: 'same' | 'valid'): tf.Tensor {
  type Four = [number, number, number, number]
  const { padInfo } = tf.backend_util.computeConv2DInfo(shape as Four, filter.shape as Four, stride, 1, padding)
  const attributes = [
    attribute.integers('threads', installedKernels()!.threads),
    attribute.integers('stride', stride),
    attribute.integers('above', padInfo.top),
    attribute.integers('before', padInfo.left),
  ]
  return runOp('MetamerLabFewChannelsGradient', attributes, dy, filter, tf.tensor1d(shape.slice(0, 3), 'int32'))
}
