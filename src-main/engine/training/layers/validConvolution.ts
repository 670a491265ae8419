import * as tf from '@tensorflow/tfjs-core'
import { fullConvolutionAttributes } from '../../native/convolutionAttributes.ts'
import { attribute, runOp } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import { biasedLayer } from './biasedLayer.ts'
import type { TrainingLayer } from './layer.ts'

/** A convolution with bias and no padding. Kernel [h, w, in, out]. */
export function validConvolutionLayer(name: string, kernel: Variable, bias: Variable, stride: number): TrainingLayer {
  const attributes = fullConvolutionAttributes([stride, stride], 'VALID')
  return biasedLayer(name, kernel, bias, {
    value: (x, filter) => runOp('Conv2D', attributes, x, filter),
    inputGradient: (dy, filter, shape) => inputGradient(dy, filter, shape, stride),
    kernelGradient: (dy, x, shape) => runOp('Conv2DBackpropFilter', attributes, x, tf.tensor1d(shape, 'int32'), dy),
  })
}

/** At stride 1 by the kernel turned round over dy with a border of zeros: TensorFlow's own takes longer. */
function inputGradient(dy: tf.Tensor, filter: tf.Tensor, shape: number[], stride: number): tf.Tensor {
  if (stride > 1) return runOp('Conv2DBackpropInput', fullConvolutionAttributes([stride, stride], 'VALID'), tf.tensor1d(shape, 'int32'), filter, dy)
  const [down, across] = [filter.shape[0]! - 1, filter.shape[1]! - 1]
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
  const paddings = attribute.integers('explicit_paddings', [0, 0, down, down, across, across, 0, 0])
  return runOp('Conv2D', [...fullConvolutionAttributes([1, 1], 'EXPLICIT'), paddings], dy, turned)
}
