import * as tf from '@tensorflow/tfjs-core'
import type { ChannelAffine } from '../batchNorm.ts'
import type { Layer, Parts } from './architecture.ts'

/** A batch norm that cannot be folded into a convolution: scale * x + offset, per channel. */
export function channelAffine({ tensors }: Pick<Parts, 'tensors'>, { scale, offset }: ChannelAffine): Layer {
  const factor = tensors.lazily(() => tf.tensor1d(Float32Array.from(scale)))
  const shift = tensors.lazily(() => tf.tensor1d(Float32Array.from(offset)))
  return (x) => tf.add(tf.mul(x, factor()), shift())
}
