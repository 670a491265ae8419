import * as tf from '@tensorflow/tfjs-core'
import { lstmGradient, lstmValue, type LstmStep } from '../../native/lstm.ts'
import { product } from '../../native/matMul.ts'
import type { Variable } from '../../native/variable.ts'
import type { TrainingLayer } from './layer.ts'

/**
 * An LSTM that runs forwards from zeros: x [batch, steps, inputs], or the steps of each example as rows, to [batch, steps, cells].
 *
 * @param kernel  [inputs, then outputs of the step before, 4 * cells]; gates in the order input, candidate, forget, output
 * @param bias    [4 * cells]
 * @param steps   of each example
 */
export function lstmLayer(name: string, kernel: Variable, bias: Variable, steps: number): TrainingLayer {
  const gates = kernel.shape[1]!
  const cells = gates / 4
  const inputs = kernel.shape[0]! - cells
  return {
    name,
    trained: [{ name: `${name}.kernel`, variable: kernel }, { name: `${name}.bias`, variable: bias }],
    statistics: [],
    forward(x) {
      const rows = tf.reshape(x, [-1, inputs])
      const [forInputs, recurrent] = tf.split(kernel.read(), [inputs, cells]) as [tf.Tensor, tf.Tensor]
      const projected = tf.add(product(rows, forInputs), bias.read())
      const kept: LstmStep[] = []
      const y = lstmValue(tf.reshape(projected, [-1, steps, gates]), recurrent, kept)
      return {
        y,
        backward(dy, wanted) {
          const towardsGates = tf.reshape(lstmGradient(tf.reshape(dy, y.shape), kept, recurrent), [-1, gates])
          const ofInputs = product(rows, towardsGates, { transposeA: true })
          const ofRecurrent = product(tf.reshape(outputsBefore(y), [-1, cells]), towardsGates, { transposeA: true })
          return {
            dx: wanted ? tf.reshape(product(towardsGates, forInputs, { transposeB: true }), x.shape) : null,
            gradients: [tf.concat([ofInputs, ofRecurrent]), tf.sum(towardsGates, 0)],
          }
        },
      }
    },
  }
}

/** At each step the outputs of the one before; zeros at the first. */
function outputsBefore(y: tf.Tensor): tf.Tensor {
  const [batch, steps, cells] = y.shape as [number, number, number]
  return tf.concat([tf.zeros([batch, 1, cells]), tf.slice(y, [0, 0, 0], [batch, steps - 1, cells])], 1)
}
