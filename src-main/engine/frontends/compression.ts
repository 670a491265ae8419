import * as tf from '@tensorflow/tfjs-core'
import { attribute, isNative, runOp } from '../native/tensorflow.ts'

/** How envelopes become cochleagram values: y = (scale * max(envelope, 0) + offset)^power. */
export interface Compression {
  scale: number
  offset: number
  power: number
  /** The slope of the power, nearly infinite at zero, is clipped to this. */
  steepest: number
  /** What the rectifier does to a gradient where the envelope is not above zero. */
  belowZero: 'blocked' | 'passed'
}

/** @source authors' 2019 code, build_word_network; tfcochleagram, clipped_power_compression */
export const compression2019: Compression = { scale: 796.87416837456942, offset: 0, power: 0.3, steepest: 1, belowZero: 'blocked' }

/** @source authors' 2023 code, audio_input_representations; chcochleagram */
export const compression2023: Compression = { scale: 1, offset: 1e-8, power: 0.3, steepest: 5, belowZero: 'passed' }

/**
 * Rectify envelopes, scale them and raise them to a power.
 *
 * @param envelopes  float32, any shape; the anti-alias filter leaves a few values below zero
 * @returns          of the same shape; the caller disposes it
 */
export function compress(envelopes: tf.Tensor, compression = compression2019): tf.Tensor {
  return tf.tidy(() => tf.pow(beforePower(envelopes, compression), compression.power))
}

/**
 * Gradient of `compress`, clipped and rectified as `compression` says.
 *
 * @param dy         gradient with respect to the compressed values
 * @param envelopes  what `compress` was given
 * @returns          gradient with respect to the envelopes; the caller disposes it
 */
export function compressGradient(dy: tf.Tensor, envelopes: tf.Tensor, compression = compression2019): tf.Tensor {
  const { scale, power, steepest, belowZero } = compression
  return tf.tidy(() => {
    const slope = tf.minimum(tf.mul(tf.pow(beforePower(envelopes, compression), power - 1), power), steepest)
    const towards = tf.mul(dy, tf.mul(slope, scale))
    return belowZero === 'passed' ? towards : rectifiedOnly(towards, envelopes)
  })
}

/** What the power is taken of. */
function beforePower(envelopes: tf.Tensor, { scale, offset }: Compression): tf.Tensor {
  const scaled = tf.mul(tf.relu(envelopes), scale)
  return offset === 0 ? scaled : tf.add(scaled, offset)
}

function rectifiedOnly(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return isNative()
    ? runOp('ReluGrad', [attribute.float32()], dy, x)
    : tf.mul(dy, tf.cast(tf.greater(x, 0), 'float32'))
}
