import * as tf from '@tensorflow/tfjs-core'
import type { Layer, Parts } from './architecture.ts'

/**
 * Scale a picture as the card says: (multiply * x - subtract) / divide per channel.
 * Not folded into the first kernel: the zeros of SAME padding come after the scaling.
 */
export function pictureScaling({ card, tensors }: Pick<Parts, 'card' | 'tensors'>): Layer {
  const { multiply, subtract, divide } = card.normalisation!
  const offset = tensors.lazily(() => tf.tensor1d(subtract.map((value) => value / divide)))
  return (x) => tf.sub(tf.mul(x, multiply / divide), offset())
}
