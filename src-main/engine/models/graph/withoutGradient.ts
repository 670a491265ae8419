import * as tf from '@tensorflow/tfjs-core'

/** Compute what has no slope, such as a comparison: the gradient is zero, where tfjs would refuse to give one. */
export function withoutGradient(compute: (...x: tf.Tensor[]) => tf.Tensor, ...inputs: tf.Tensor[]): tf.Tensor {
  return tf.customGrad((...args) => {
    const tensors = args.slice(0, inputs.length) as tf.Tensor[]
    return { value: compute(...tensors), gradFunc: () => inputs.map((x) => tf.zeros(x.shape)) }
  })(...inputs)
}
