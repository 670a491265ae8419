import * as tf from '@tensorflow/tfjs-core'
import { runOps, attribute } from '../native/tensorflow.ts'

/** A loss and its gradient with respect to the logits. The surrounding tidy disposes both. */
export interface LossAndGradient {
  /** Scalar. */
  loss: tf.Tensor
  gradient: tf.Tensor
}

/**
 * Softmax cross entropy, mean over the batch.
 *
 * @param logits   float32 [batch, classes]
 * @param classes  the right class of each, [batch]
 */
export function softmaxLoss(logits: tf.Tensor, classes: readonly number[]): LossAndGradient {
  const [batch, count] = logits.shape as [number, number]
  const wanted = tf.oneHot(tf.tensor1d([...classes], 'int32'), count)
  const [losses, gradients] = runOps('SoftmaxCrossEntropyWithLogits', [attribute.float32()], 2, logits, tf.cast(wanted, 'float32'))
  return { loss: tf.mean(losses!), gradient: tf.div(gradients!, batch) }
}

/**
 * Sigmoid cross entropy of independent labels, mean over batch and labels.
 *
 * @param logits   float32 [batch, labels]
 * @param present  float32 [batch, labels], 0 or 1
 */
export function sigmoidLoss(logits: tf.Tensor, present: tf.Tensor): LossAndGradient {
  // max(z, 0) - z t + log(1 + exp(-|z|)): no exponential of a large number.
  const rest = tf.log1p(tf.exp(tf.neg(tf.abs(logits))))
  const losses = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, present)), rest)
  return { loss: tf.mean(losses), gradient: tf.div(tf.sub(tf.sigmoid(logits), present), logits.size) }
}
