import * as tf from '@tensorflow/tfjs-core'
import type { GraphConstant, GraphType } from '../../../domain/graph.ts'

/**
 * One tensor of a network while it is computed. Its shape is what the graph says (pictures [batch, channels, height, width]);
 * what lies in memory may have the channels last, as our convolutions and pools want it, so that chains of them never reorder.
 */
export interface Value {
  shape: number[]
  type: GraphType
  layout: 'logical' | 'channels last'
  /** As it lies in memory. */
  tensor: tf.Tensor
  /** The values, where they do not depend on what the network is shown. */
  constant: GraphConstant | null
}

export function logical(tensor: tf.Tensor): Value {
  return { shape: tensor.shape, type: typeOf(tensor), layout: 'logical', tensor, constant: null }
}

/** @param tensor  [batch, ...places, channels] */
export function channelsLast(tensor: tf.Tensor): Value {
  return { shape: channelsSecond(tensor.shape), type: typeOf(tensor), layout: 'channels last', tensor, constant: null }
}

export function valueOf(tensor: tf.Tensor, layout: Value['layout']): Value {
  return layout === 'logical' ? logical(tensor) : channelsLast(tensor)
}

/** Pass on what an operation of single elements makes of a value, in the order it lies in. */
export function alike({ layout }: Value, tensor: tf.Tensor): Value {
  return valueOf(tensor, layout)
}

/** As the graph says. */
export function inOrder(value: Value): tf.Tensor {
  if (value.layout === 'logical') return value.tensor
  return reordered(value.tensor, [0, value.shape.length - 1, ...placesOf(value).map((i) => i + 1)], value.shape)
}

/** With the channels last: [batch, ...places, channels]. */
export function withChannelsLast(value: Value): tf.Tensor {
  if (value.layout === 'channels last') return value.tensor
  const order = [0, ...placesOf(value).map((i) => i + 2), 1]
  return reordered(value.tensor, order, order.map((axis) => value.shape[axis]!))
}

/** Where an axis of the graph lies in memory; negative ones count from the end. */
export function axisInMemory({ shape, layout }: Pick<Value, 'shape' | 'layout'>, axis: number): number {
  const positive = axis < 0 ? axis + shape.length : axis
  if (layout === 'logical' || positive === 0) return positive
  return positive === 1 ? shape.length - 1 : positive - 1
}

/** Axes of the graph in the order in which they lie in memory. */
export function axesInMemory({ shape, layout }: Pick<Value, 'shape' | 'layout'>): number[] {
  const axes = shape.map((_, i) => i)
  return layout === 'logical' ? axes : [0, ...axes.slice(2), 1]
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}

function placesOf({ shape }: Value): number[] {
  return Array.from({ length: shape.length - 2 }, (_, i) => i)
}

/** Where at most one of the moved axes is longer than one, nothing has to be moved. */
function reordered(tensor: tf.Tensor, order: number[], shape: number[]): tf.Tensor {
  const long = (axes: number[]) => axes.filter((axis) => tensor.shape[axis] !== 1)
  const stays = long(order).every((axis, i, all) => i === 0 || all[i - 1]! < axis)
  return stays ? tf.reshape(tensor, shape) : tf.transpose(tensor, order)
}

function channelsSecond(shape: readonly number[]): number[] {
  return [shape[0]!, shape.at(-1)!, ...shape.slice(1, -1)]
}

function typeOf({ dtype }: tf.Tensor): GraphType {
  return dtype === 'int32' || dtype === 'bool' ? dtype : 'float32'
}
