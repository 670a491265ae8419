import * as tf from '@tensorflow/tfjs-core'

/** Tensors made when first used and kept until all are disposed together: the weights of a network. */
export interface LazyTensors {
  /** Announce a tensor. The result makes it on its first call (also inside a tidy) and gives it again later; never dispose it. */
  lazily(make: () => tf.Tensor): () => tf.Tensor
  dispose(): void
}

export function createLazyTensors(): LazyTensors {
  let made: tf.Tensor[] = []
  let disposed = false
  return {
    lazily(make) {
      let tensor: tf.Tensor | null = null
      return () => {
        if (disposed) throw new Error('A network was run after it was disposed.')
        if (!tensor) {
          tensor = tf.keep(tf.tidy(make))
          made.push(tensor)
        }
        return tensor
      }
    },
    dispose() {
      disposed = true
      tf.dispose(made)
      made = []
    },
  }
}
