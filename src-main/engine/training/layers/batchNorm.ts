import * as tf from '@tensorflow/tfjs-core'
import { attribute, runOp, runOps, type OpAttribute } from '../../native/tensorflow.ts'
import type { Variable } from '../../native/variable.ts'
import type { TrainingLayer } from './layer.ts'

export interface BatchNormVariables {
  gamma: Variable
  beta: Variable
  /** Running mean and variance, which the finished network uses. */
  mean: Variable
  variance: Variable
}

/**
 * Batch normalisation over batch and places. In training it uses the batch's own statistics and moves the running ones
 * towards them: running = momentum running + (1 - momentum) batch, with the variance divided by n - 1, as TensorFlow has it.
 */
export function batchNormLayer(name: string, variables: BatchNormVariables, { epsilon, momentum }: { epsilon: number; momentum: number }): TrainingLayer {
  const { gamma, beta, mean, variance } = variables
  return {
    name,
    trained: [{ name: `${name}.gamma`, variable: gamma }, { name: `${name}.beta`, variable: beta }],
    statistics: [{ name: `${name}.mean`, variable: mean }, { name: `${name}.variance`, variable: variance }],
    forward(x, { mode }) {
      const training = mode === 'train'
      const scale = gamma.read()
      const from = training ? emptyStatistics() : [mean.read(), variance.read()]
      const [y, batchMean, batchVariance, ...kept] = runOps('FusedBatchNormV3', forwardAttributes(epsilon, training), 6, x, scale, beta.read(), ...from)
      if (training) {
        moveTowards(mean, batchMean!, momentum)
        moveTowards(variance, batchVariance!, momentum)
      }
      // In evaluation the gradient needs the running statistics themselves.
      const statistics = training ? kept : [from[0]!, from[1]!, kept[2]!]
      return {
        y: y!,
        reads: 'x',
        backward(dy, inputs) {
          const [dx, dGamma, dBeta] = runOps('FusedBatchNormGradV3', attributes(epsilon, training), 5, dy, x, scale, ...statistics)
          return { dx: inputs ? dx! : null, gradients: [dGamma!, dBeta!] }
        },
      }
    },
  }
}

function emptyStatistics(): tf.Tensor[] {
  return [tf.zeros([0]), tf.zeros([0])]
}

function moveTowards(running: Variable, batch: tf.Tensor, momentum: number): void {
  const now = running.read()
  const next = runOp('AddV2', [attribute.float32()], tf.mul(now, momentum), tf.mul(batch, 1 - momentum))
  now.dispose()
  running.assign(next)
}

function forwardAttributes(epsilon: number, training: boolean): OpAttribute[] {
  return [...attributes(epsilon, training), attribute.float('exponential_avg_factor', 1)]
}

function attributes(epsilon: number, training: boolean): OpAttribute[] {
  return [
    attribute.float32(),
    attribute.float32('U'),
    attribute.float('epsilon', epsilon),
    attribute.text('data_format', 'NHWC'),
    attribute.flag('is_training', training),
  ]
}
