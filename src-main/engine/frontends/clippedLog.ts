import * as tf from '@tensorflow/tfjs-core'

/**
 * Take the natural logarithm, its slope clipped to 1 as that of the cochleagram's power is: what the paper calls gradient clipping
 * for logarithms.
 *
 * @param x      float32, not below zero
 * @param floor  smaller values are taken as this one, above zero
 * @returns      log(max(x, floor)), same shape; a surrounding tidy disposes it
 * @gradient dy * min(1 / max(x, floor), 1), also below the floor
 * @source Feather et al. 2019, section 3.1; the code for logarithms was not published
 */
export function clippedLog(x: tf.Tensor, floor: number): tf.Tensor {
  return tf.customGrad((input, save) => {
    const raised = tf.maximum(input as tf.Tensor, floor)
    ;(save as tf.GradSaveFunc)([raised])
    return { value: tf.log(raised), gradFunc: (dy, [saved]) => tf.div(dy, tf.maximum(saved!, 1)) }
  })(x)
}
