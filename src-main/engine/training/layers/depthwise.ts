import * as tf from '@tensorflow/tfjs-core'
import { convolutionAttributes } from '../../native/convolutionAttributes.ts'
import { runOp } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import { biasedLayer } from './biasedLayer.ts'
import type { TrainingLayer } from './layer.ts'

/** A convolution of each channel by itself, with bias, TensorFlow's SAME padding. Kernel [h, w, channels, 1]. */
export function depthwiseLayer(name: string, kernel: Variable, bias: Variable, stride: number): TrainingLayer {
  const attributes = convolutionAttributes([stride, stride], 'SAME')
  return biasedLayer(name, kernel, bias, {
    value: (x, filter) => runOp('DepthwiseConv2dNative', attributes, x, filter),
    inputGradient: (dy, filter, shape) => runOp('DepthwiseConv2dNativeBackpropInput', attributes, tf.tensor1d(shape, 'int32'), filter, dy),
    kernelGradient: (dy, x, shape) => runOp('DepthwiseConv2dNativeBackpropFilter', attributes, x, tf.tensor1d(shape, 'int32'), dy),
  })
}
