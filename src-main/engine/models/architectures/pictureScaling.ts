import * as tf from '@tensorflow/tfjs-core'
import type { Card } from '../../../domain/card.ts'
import { affine } from '../../native/affineRelu.ts'
import type { LazyTensors } from '../lazyTensors.ts'
import type { Layer } from './architecture.ts'

/**
 * Scale a picture as the card says: (multiply * x - subtract) / divide per channel, then RGB or BGR.
 * Not folded into the first kernel: the zeros of SAME padding come after the scaling.
 */
export function pictureScaling({ card, tensors }: { card: Pick<Card, 'normalisation'>; tensors: LazyTensors }): Layer {
  const { multiply, subtract, divide, order } = card.normalisation!
  const divisors = Array.isArray(divide) ? divide : [divide, divide, divide]
  const factor = tensors.lazily(() => tf.tensor1d(divisors.map((value) => multiply / value)))
  const offset = tensors.lazily(() => tf.tensor1d(subtract.map((value, channel) => -value / divisors[channel]!)))
  const ordered = order === 'bgr' ? (x: tf.Tensor) => tf.reverse(x, -1) : (x: tf.Tensor) => x
  return (x) => ordered(affine(x, factor(), offset()))
}
