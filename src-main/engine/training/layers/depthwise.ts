import * as tf from '@tensorflow/tfjs-core'
import { convolutionAttributes } from '../../native/convolutionAttributes.ts'
import { attribute, runOp } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import type { TrainingLayer } from './layer.ts'

/** A convolution of each channel by itself, with bias, TensorFlow's SAME padding. Kernel [h, w, channels, 1]. */
export function depthwiseLayer(name: string, kernel: Variable, bias: Variable, stride: number): TrainingLayer {
  const attributes = convolutionAttributes([stride, stride], 'SAME')
  const layout = attribute.text('data_format', 'NHWC')
  return {
    name,
    trained: [{ name: `${name}.kernel`, variable: kernel }, { name: `${name}.bias`, variable: bias }],
    statistics: [],
    forward(x) {
      const filter = kernel.read()
      const y = runOp('BiasAdd', [attribute.float32(), layout], runOp('DepthwiseConv2dNative', attributes, x, filter), bias.read())
      return {
        y,
        backward: (dy, inputs) => ({
          dx: inputs ? runOp('DepthwiseConv2dNativeBackpropInput', attributes, tf.tensor1d(x.shape, 'int32'), filter, dy) : null,
          gradients: [
            runOp('DepthwiseConv2dNativeBackpropFilter', attributes, x, tf.tensor1d(kernel.shape, 'int32'), dy),
            runOp('BiasAddGrad', [attribute.float32(), layout], dy),
          ],
        }),
      }
    },
  }
}
