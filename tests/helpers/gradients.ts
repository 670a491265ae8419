import * as tf from '@tensorflow/tfjs-core'

/** Value and x gradient of sum(f(x) * weights), weights a fixed pattern of both signs. */
export function valueAndGradient(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): { value: Float32Array; gradient: Float32Array } {
  return tf.tidy(() => {
    const value = f(x)
    const weights = tf.sin(tf.reshape(tf.range(0, value.size), value.shape))
    const gradient = tf.grad((z) => tf.sum(tf.mul(f(z), weights)) as tf.Scalar)(x)
    return { value: value.dataSync() as Float32Array, gradient: gradient.dataSync() as Float32Array }
  })
}
