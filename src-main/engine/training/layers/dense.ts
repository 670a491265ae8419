import * as tf from '@tensorflow/tfjs-core'
import { product } from '../../native/matMul.ts'
import { attribute, runOp } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import type { TrainingLayer } from './layer.ts'

/** A fully connected layer: x [batch, ...] is flattened to [batch, inputs], times kernel [inputs, outputs], plus bias. */
export function denseLayer(name: string, kernel: Variable, bias: Variable): TrainingLayer {
  const inputs = kernel.shape[0]!
  const layout = attribute.text('data_format', 'NHWC')
  return {
    name,
    trained: [{ name: `${name}.kernel`, variable: kernel }, { name: `${name}.bias`, variable: bias }],
    statistics: [],
    forward(x) {
      const flat = tf.reshape(x, [-1, inputs])
      const weights = kernel.read()
      return {
        y: runOp('BiasAdd', [attribute.float32(), layout], product(flat, weights), bias.read()),
        backward: (dy, wanted) => ({
          dx: wanted ? tf.reshape(product(dy, weights, { transposeB: true }), x.shape) : null,
          gradients: [product(flat, dy, { transposeA: true }), runOp('BiasAddGrad', [attribute.float32(), layout], dy)],
        }),
      }
    },
  }
}
