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

export interface BatchNormOptions {
  epsilon: number
  /** What the running statistics keep of themselves at each update. */
  momentum: number
  /**
   * How a batch is added up. By 'rows': each row, then the rows. By 'places': one place after the other in float32, as TensorFlow's own batch norm does:
   * in a batch of 32 cochleagrams its variance is 0.2 % off, in one of 128 its mean 4 %.
   */
  sums: 'rows' | 'places'
}

/**
 * Batch normalisation over batch and places. In training it uses the batch's own statistics and moves the running ones
 * towards them: running = momentum running + (1 - momentum) batch, with the variance divided by n - 1, as TensorFlow has it.
 */
export function batchNormLayer(name: string, variables: BatchNormVariables, { epsilon, momentum, sums }: BatchNormOptions): TrainingLayer {
  const { gamma, beta, mean, variance } = variables
  return {
    name,
    trained: [{ name: `${name}.gamma`, variable: gamma }, { name: `${name}.beta`, variable: beta }],
    statistics: [{ name: `${name}.mean`, variable: mean }, { name: `${name}.variance`, variable: variance }],
    forward(x, { mode }) {
      const training = mode === 'train'
      const scale = gamma.read()
      // Where it is null, TensorFlow takes the batch's own.
      const given = !training ? [mean.read(), variance.read()] : sums === 'rows' ? batchStatistics(x) : null
      const [y, ownMean, ownVariance, ...kept] = runOps('FusedBatchNormV3', forwardAttributes(epsilon, given === null), 6, x, scale, beta.read(), ...(given ?? emptyStatistics()))
      if (training) {
        moveTowards(mean, given ? given[0]! : ownMean!, momentum)
        moveTowards(variance, given ? unbiased(given[1]!, x) : ownVariance!, momentum)
      }
      const statistics = given ? [...given, kept[2]!] : kept
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

/**
 * Mean and variance of each channel, the variance divided by n.
 *
 * @param x  [batch, rows, columns, channels]
 */
function batchStatistics(x: tf.Tensor): tf.Tensor[] {
  return tf.tidy(() => {
    const mean = meanOfRows(x)
    const distances = tf.sub(x, mean)
    const squares = tf.square(distances)
    distances.dispose()
    return [mean, meanOfRows(squares)]
  })
}

/** [batch, rows, columns, channels] to [channels]. */
function meanOfRows(x: tf.Tensor): tf.Tensor {
  return tf.mean(tf.reshape(tf.mean(x, 2), [-1, x.shape.at(-1)!]), 0)
}

/** The variance divided by n - 1. */
function unbiased(variance: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const places = x.size / variance.size
  return tf.mul(variance, places / Math.max(1, places - 1))
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
