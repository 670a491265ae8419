import * as tf from '@tensorflow/tfjs-core'

/** What `tf.customGrad` wants of one input. */
interface Differentiable {
  value: tf.Tensor
  gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor
}

/**
 * `tf.customGrad` of one input, except that what was saved and the gradient from above are let go once the gradient has gone through, with
 * all that was made on the way. tfjs keeps them until the outermost tidy ends, which in a deep network comes to as much memory again as all
 * activations. Whoever hands in a gradient of their own, as `tf.grad(f)(x, dy)` does, hands it over.
 *
 * @param compute  gives the value and what takes its gradient back, once; what it saves is kept until then
 * @returns        the value; the caller disposes it
 */
export function customGradient(x: tf.Tensor, compute: (x: tf.Tensor, save: tf.GradSaveFunc) => Differentiable): tf.Tensor {
  return tf.customGrad((input, save) => {
    const { value, gradFunc } = compute(input as tf.Tensor, save as tf.GradSaveFunc)
    return {
      value,
      gradFunc: (dy, saved) => {
        const dx = tf.tidy(() => gradFunc(dy, saved))
        tf.dispose([dy, ...saved])
        return dx
      },
    }
  })(x)
}
