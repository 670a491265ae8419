import * as tf from '@tensorflow/tfjs-core'
import type { Protocol } from '../../domain/protocol.ts'
import { attribute, isNative, runOp } from '../native/tensorflow.ts'

/**
 * Measure how far activations are from their target: half the sum of squared differences.
 *
 * @param activations    float32 [1, ...]
 * @param target         same shape; constant
 * @param normalisation  'none', or 'elements' to divide by the number of elements
 * @returns  scalar; the caller disposes it
 * @gradient activations - target, divided likewise: one operation where tfjs's own chain would take five
 * @source   authors' 2019 code, lossfunctions.py (TensorFlow's l2_loss, SHAPE_NORMALIZE off)
 */
export function matchingLoss(
  activations: tf.Tensor,
  target: tf.Tensor,
  normalisation: Protocol['lossNormalisation'],
): tf.Scalar {
  tf.util.assertShapesMatch(activations.shape, target.shape, 'matching loss: ')
  const weight = normalisation === 'elements' ? 1 / target.size : 1
  const loss = tf.customGrad((a, save) => {
    const difference = tf.sub(a as tf.Tensor, target)
    ;(save as tf.GradSaveFunc)([difference])
    return {
      value: tf.mul(halfSumOfSquares(difference), weight),
      gradFunc: (dy, saved) => times(saved[0]!, weight * dy.dataSync()[0]!),
    }
  })
  return loss(activations) as tf.Scalar
}

/** TensorFlow does it in one pass over memory. */
function halfSumOfSquares(x: tf.Tensor): tf.Tensor {
  return isNative() ? runOp('L2Loss', [attribute.float32()], x) : tf.mul(tf.sum(tf.square(x)), 0.5)
}

function times(x: tf.Tensor, factor: number): tf.Tensor {
  return factor === 1 ? tf.clone(x) : tf.mul(x, factor)
}
