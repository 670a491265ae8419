import * as tf from '@tensorflow/tfjs-core'
import { oneChannelSameGradient } from '../../native/convolution.ts'
import { fullConvolutionAttributes } from '../../native/convolutionAttributes.ts'
import { oneChannelFilterGradient } from '../../native/oneChannelFilterGradient.ts'
import { attribute, runOp } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import { biasedLayer } from './biasedLayer.ts'
import type { TrainingLayer } from './layer.ts'

/** A convolution with bias, TensorFlow's SAME padding. Kernel [h, w, in, out]. */
export function convolutionLayer(name: string, kernel: Variable, bias: Variable, stride: number): TrainingLayer {
  const attributes = fullConvolutionAttributes([stride, stride], 'SAME')
  return biasedLayer(name, kernel, bias, {
    value: (x, filter) => runOp('Conv2D', attributes, x, filter),
    inputGradient: (dy, filter, shape) => inputGradient(dy, filter, shape, stride),
    kernelGradient: (dy, x, shape) => filterGradient(dy, x, shape, stride),
  })
}

function filterGradient(dy: tf.Tensor, x: tf.Tensor, shape: number[], stride: number): tf.Tensor {
  if (shape[2] === 1 && stride === 1) return oneChannelFilterGradient(x, dy, shape)
  return runOp('Conv2DBackpropFilter', fullConvolutionAttributes([stride, stride], 'SAME'), x, tf.tensor1d(shape, 'int32'), dy)
}

/** At stride 1 the transpose is itself a convolution, by the kernel turned round: TensorFlow's own takes twice as long. */
function inputGradient(dy: tf.Tensor, filter: tf.Tensor, shape: number[], stride: number): tf.Tensor {
  if (filter.shape[2] === 1) return oneChannelSameGradient(dy, filter, shape, [stride, stride])
  if (stride > 1) return runOp('Conv2DBackpropInput', fullConvolutionAttributes([stride, stride], 'SAME'), tf.tensor1d(shape, 'int32'), filter, dy)
  const [height, width] = filter.shape as [number, number]
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
  const paddings = attribute.integers('explicit_paddings', [0, 0, ...ends(height), ...ends(width), 0, 0])
  return runOp('Conv2D', [...fullConvolutionAttributes([1, 1], 'EXPLICIT'), paddings], dy, turned)
}

/** Zeros before and after: those of SAME, whose odd one comes last, turned round. */
function ends(size: number): [number, number] {
  return [Math.ceil((size - 1) / 2), Math.floor((size - 1) / 2)]
}
