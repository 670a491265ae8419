import type * as tf from '@tensorflow/tfjs-core'
import { attribute, runOp } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import type { TrainingLayer } from './layer.ts'

/** A linear map of places and channels, [batch, h, w, channels], by a kernel: its value and its two gradients. */
export interface KernelOperations {
  value(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor
  /** @param shape  of the inputs */
  inputGradient(dy: tf.Tensor, kernel: tf.Tensor, shape: number[]): tf.Tensor
  /** @param shape  of the kernel */
  kernelGradient(dy: tf.Tensor, x: tf.Tensor, shape: number[]): tf.Tensor
}

/** A layer of a kernel and a bias that learn. */
export function biasedLayer(name: string, kernel: Variable, bias: Variable, { value, inputGradient, kernelGradient }: KernelOperations): TrainingLayer {
  const attributes = [attribute.float32(), attribute.text('data_format', 'NHWC')]
  return {
    name,
    trained: [{ name: `${name}.kernel`, variable: kernel }, { name: `${name}.bias`, variable: bias }],
    statistics: [],
    forward(x) {
      const filter = kernel.read()
      const unbiased = value(x, filter)
      const y = runOp('BiasAdd', attributes, unbiased, bias.read())
      unbiased.dispose()
      return {
        y,
        reads: 'x',
        backward: (dy, inputs) => ({
          dx: inputs ? inputGradient(dy, filter, x.shape) : null,
          gradients: [kernelGradient(dy, x, kernel.shape), runOp('BiasAddGrad', attributes, dy)],
        }),
      }
    },
  }
}
