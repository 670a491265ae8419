import * as tf from '@tensorflow/tfjs-core'
import type { Protocol } from '../../domain/protocol.ts'
import { customGradient } from '../native/customGradient.ts'
import { kernelThreads } from '../native/kernels.ts'
import { attribute, isNative, runOp, runOps } from '../native/tensorflow.ts'

/**
 * Measure how far the activations of each signal are from their target: half the sum of squared differences.
 *
 * @param activations    float32 [batch, ...]
 * @param target         same shape; constant
 * @param normalisation  'none', or 'elements' to divide by the number of elements of one signal's activations
 * @returns  [batch], each signal's own; the caller disposes it
 * @gradient activations - target, divided likewise: one operation where tfjs's own chain would take five
 * @source   authors' 2019 code, lossfunctions.py (TensorFlow's l2_loss, SHAPE_NORMALIZE off)
 */
export function matchingLoss(
  activations: tf.Tensor,
  target: tf.Tensor,
  normalisation: Protocol['lossNormalisation'],
): tf.Tensor1D {
  tf.util.assertShapesMatch(activations.shape, target.shape, 'matching loss: ')
  const batch = target.shape[0]!
  const weight = normalisation === 'elements' ? batch / target.size : 1
  return customGradient(activations, (a, save) => {
    const { losses, difference } = kernelThreads() === null ? matchApart(a, target) : matchWhole(a, target)
    save([difference])
    return {
      value: weight === 1 ? losses : tf.mul(losses, weight),
      gradFunc: (dy, saved) => scaled(saved[0]!, Array.from(dy.dataSync(), (factor) => weight * factor)),
    }
  }) as tf.Tensor1D
}

/** Half the sum of squared differences of each signal, and the differences. */
interface Matching {
  losses: tf.Tensor
  difference: tf.Tensor
}

/** In one pass over memory, with compiled kernels. */
function matchWhole(activations: tf.Tensor, target: tf.Tensor): Matching {
  const [losses, difference] = runOps('MetamerLabMatching', [attribute.integers('threads', kernelThreads()!)], 2, activations, target)
  return { losses: losses!, difference: difference! }
}

/** The same in TensorFlow's or tfjs' operations. */
function matchApart(activations: tf.Tensor, target: tf.Tensor): Matching {
  const difference = tf.sub(activations, target)
  return { losses: halfSumsOfSquares(difference, target.shape[0]!), difference }
}

/** Of each signal. Of one alone TensorFlow does it in one pass over memory. */
function halfSumsOfSquares(x: tf.Tensor, batch: number): tf.Tensor {
  if (batch === 1 && isNative()) return tf.reshape(runOp('L2Loss', [attribute.float32()], x), [1])
  return tf.mul(tf.sum(tf.square(tf.reshape(x, [batch, -1])), 1), 0.5)
}

/** Times a factor for each signal. */
function scaled(x: tf.Tensor, factors: readonly number[]): tf.Tensor {
  if (factors.every((factor) => factor === 1)) return tf.clone(x)
  return tf.mul(x, tf.tensor(factors as number[], [factors.length, ...x.shape.slice(1).map(() => 1)]))
}
