import * as tf from '@tensorflow/tfjs-core'
import type { Call } from '../operator.ts'
import { input } from '../operator.ts'
import { inOrder, sizeOf, valueOf, withChannelsLast, type Value } from '../value.ts'

export * from '../operator.ts'

/**
 * All inputs in one layout, ready to be spread to a common shape: channels last where one of them lies so and none has more axes.
 *
 * @returns the tensors, and what makes a value of their result
 */
export function inputsTogether(call: Call): { tensors: tf.Tensor[]; wrap: (tensor: tf.Tensor) => Value } {
  const values = call.inputs.map((_, i) => input(call, i))
  const rank = Math.max(...values.map((value) => value.shape.length))
  const layout = values.some((value) => value.layout === 'channels last' && value.shape.length === rank) ? 'channels last' : 'logical'
  const tensors = layout === 'logical' ? values.map(inOrder) : values.map((value) => spreadable(call, value, rank))
  return { tensors, wrap: (tensor) => valueOf(tensor, layout) }
}

/** Channels last, with axes of one in front of those it has. */
function spreadable(call: Call, value: Value, rank: number): tf.Tensor {
  if (value.layout === 'channels last' && value.shape.length === rank) return value.tensor
  if (sizeOf(value.shape) === 1) return tf.reshape(value.tensor, [])
  const make = () => {
    const shape = [...Array.from({ length: rank - value.shape.length }, () => 1), ...value.shape]
    return withChannelsLast({ ...value, shape, layout: 'logical', tensor: tf.reshape(inOrder(value), shape) })
  }
  return value.constant ? call.prepared(value.constant, `channels last of ${rank}`, make) : make()
}
