import * as tf from '@tensorflow/tfjs-core'
import type { Protocol } from '../../domain/protocol.ts'

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
  const loss = tf.customGrad((a, save) => {
    const difference = tf.sub(a as tf.Tensor, target)
    ;(save as tf.GradSaveFunc)([difference])
    return {
      value: tf.mul(tf.sum(tf.square(tf.reshape(difference, [batch, -1])), 1), weight / 2),
      gradFunc: (dy, saved) => tf.mul(saved[0]!, tf.mul(tf.reshape(dy, [batch, ...target.shape.slice(1).map(() => 1)]), weight)),
    }
  })
  return loss(activations) as tf.Tensor1D
}
