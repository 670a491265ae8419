import * as tf from '@tensorflow/tfjs-core'
import { attribute, isNative, runOp } from '../native/tensorflow.ts'

/** Scale of the 2019 networks, before the power. @source authors' 2019 code, build_word_network */
const scale = 796.87416837456942
const power = 0.3

/**
 * Rectify envelopes, scale them and raise them to the power 0.3.
 *
 * @param envelopes  float32, any shape; the anti-alias filter leaves a few values below zero
 * @returns          (scale * max(envelopes, 0))^0.3; the caller disposes it
 * @source tfcochleagram, clipped_power_compression
 */
export function compress(envelopes: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.pow(tf.mul(tf.relu(envelopes), scale), power))
}

/**
 * Gradient of `compress`. The slope of the power, infinite at zero, is clipped to 1; the rectifier's is the
 * ordinary one, so nothing passes where the envelope is not above zero.
 *
 * @param dy         gradient with respect to the compressed values
 * @param envelopes  what `compress` was given
 * @returns          gradient with respect to the envelopes; the caller disposes it
 */
export function compressGradient(dy: tf.Tensor, envelopes: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const slope = tf.minimum(tf.mul(tf.pow(tf.mul(tf.relu(envelopes), scale), power - 1), power), 1)
    return rectifiedOnly(tf.mul(dy, tf.mul(slope, scale)), envelopes)
  })
}

function rectifiedOnly(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return isNative()
    ? runOp('ReluGrad', [attribute.float32()], dy, x)
    : tf.mul(dy, tf.cast(tf.greater(x, 0), 'float32'))
}
