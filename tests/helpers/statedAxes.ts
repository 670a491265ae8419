import type * as tf from '@tensorflow/tfjs-core'
import { inOrder, type Value } from '../../src-main/engine/models/graph/value.ts'

/** A tensor with its axes as TensorFlow has them: pictures have their channels first in our graphs, and last in memory, where TensorFlow has them. */
export function withStatedAxes(value: Value, stated: readonly number[]): tf.Tensor {
  return value.shape.join() === stated.join() ? inOrder(value) : value.tensor
}
