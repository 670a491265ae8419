import * as tf from '@tensorflow/tfjs-core'
import { kernelThreads } from './kernels.ts'
import { integerAttributes, runOp, type OpAttribute } from './tensorflow.ts'

type Four = [number, number, number, number]

/** Whether the kernels of this process take such a convolution: of pictures of a few channels, in square strides, to multiples of eight filters. */
export function kernelsTakeFewChannels(filter: tf.Tensor, [down, across]: readonly [number, number]): boolean {
  const [channels, filters] = filter.shape.slice(2) as [number, number]
  return kernelThreads() !== null && channels > 1 && channels <= 4 && filters % 8 === 0 && down === across
}

/**
 * A convolution that takes two to four channels, and its bias. Native only, with compiled kernels; not recorded for differentiation.
 *
 * @param x       float32 [batch, height, width, channels]
 * @param filter  float32 [height, width, channels, filters]
 * @returns       float32 [batch, height', width', filters]
 */
export function fewChannelsConvolution(x: tf.Tensor, filter: tf.Tensor, stride: number, padding: 'same' | 'valid', bias?: tf.Tensor): tf.Tensor {
  const { outHeight, outWidth, ...info } = tf.backend_util.computeConv2DInfo(x.shape as Four, filter.shape as Four, stride, 1, padding)
  const attributes = [...placed(info, stride), ...integerAttributes({ out_height: outHeight, out_width: outWidth })]
  return runOp('MetamerLabFewChannels', attributes, x, filter, bias ?? tf.zeros([0]))
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
  const info = tf.backend_util.computeConv2DInfo(shape as Four, filter.shape as Four, stride, 1, padding)
  return runOp('MetamerLabFewChannelsGradient', placed(info, stride), dy, filter, tf.tensor1d(shape.slice(0, 3), 'int32'))
}

function placed({ padInfo }: Pick<tf.backend_util.Conv2DInfo, 'padInfo'>, stride: number): OpAttribute[] {
  return integerAttributes({ threads: kernelThreads()!, stride, above: padInfo.top, before: padInfo.left })
}
