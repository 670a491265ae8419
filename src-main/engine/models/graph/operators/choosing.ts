import * as tf from '@tensorflow/tfjs-core'
import { alike, axisInMemory, inOrder, logical, sizeOf, valueOf, type Value } from '../value.ts'
import { constantInput, has, input, integers, mistake, numberOf, scalarOf, textOf, type Call, type OperatorTable } from './shared.ts'

/** Parts of a tensor, and borders around it. */
export const choosing: OperatorTable = {
  Slice: sliced,
  Split: split,
  Gather: gathered,
  Pad: padded,
}

function sliced(call: Call): Value {
  const x = input(call, 0)
  const starts = integers(call, 'starts', 1) ?? []
  const ends = integers(call, 'ends', 2) ?? []
  const axes = integers(call, 'axes', 3) ?? starts.map((_, i) => i)
  const steps = has(call, 4) ? Array.from(constantInput(call, 4, 'steps').data) : starts.map(() => 1)
  return alike(x, axes.reduce((y, axis, i) => {
    const place = axisInMemory(x, axis)
    return alongAxis(y, place, rangeOf(starts[i]!, ends[i]!, steps[i]!, y.shape[place]!))
  }, x.tensor))
}

interface Range {
  first: number
  step: number
  count: number
}

function rangeOf(start: number, end: number, step: number, length: number): Range {
  const from = (place: number) => (place < 0 ? place + length : place)
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1]
  const first = Math.min(Math.max(from(start), step > 0 ? 0 : -1), high)
  const last = Math.min(Math.max(from(end), low), length)
  return { first, step, count: Math.max(Math.ceil((last - first) / step), 0) }
}

/** Steps by cutting the axis into pieces as long as a step: unlike a strided slice this has a gradient. */
function alongAxis(x: tf.Tensor, axis: number, { first, step, count }: Range): tf.Tensor {
  if (step === 1) return first === 0 && count === x.shape[axis] ? x : taken(x, axis, first, count)
  if (step < 0) return alongAxis(tf.reverse(x, axis), axis, { first: x.shape[axis]! - 1 - first, step: -step, count })
  const length = count * step
  const have = Math.min(length, x.shape[axis]! - first)
  const part = taken(x, axis, first, have)
  const whole = have === length ? part : tf.concat([part, tf.zeros(replaced(x.shape, axis, length - have), x.dtype)], axis)
  const before = sizeOf(x.shape.slice(0, axis))
  const pieces = tf.reshape(whole, [before, count, step, sizeOf(x.shape.slice(axis + 1))])
  return tf.reshape(taken(pieces, 2, 0, 1), replaced(x.shape, axis, count))
}

function taken(x: tf.Tensor, axis: number, first: number, count: number): tf.Tensor {
  return tf.slice(x, x.shape.map((_, i) => (i === axis ? first : 0)), replaced(x.shape, axis, count))
}

function replaced(shape: readonly number[], axis: number, size: number): number[] {
  return shape.map((n, i) => (i === axis ? size : n))
}

function split(call: Call): Value[] {
  const x = input(call, 0)
  const axis = axisInMemory(x, numberOf(call, 'axis', 0))
  const length = x.tensor.shape[axis]!
  const parts = call.node.outputs.length
  const even = Math.ceil(length / parts)
  const sizes = integers(call, 'split', 1) ?? Array.from({ length: parts }, (_, i) => Math.min(even, length - i * even))
  if (sizes.reduce((a, b) => a + b, 0) !== length) throw mistake(call, `cuts ${length} into ${sizes.join(', ')}, which do not add up`)
  let first = 0
  return sizes.map((size) => {
    const part = alike(x, taken(x.tensor, axis, first, size))
    first += size
    return part
  })
}

/** Places that follow one another are cut out: the gradient of that is quicker. */
function gathered(call: Call): Value {
  const x = input(call, 0)
  const indices = input(call, 1)
  const axis = numberOf(call, 'axis', 0)
  const place = axisInMemory({ shape: x.shape, layout: 'logical' }, axis)
  const length = x.shape[place]!
  const data = inOrder(x)
  const listed = indices.constant ? Array.from(indices.constant.data, (i) => (i < 0 ? i + length : i)) : null
  if (listed?.some((i) => i < 0 || i >= length)) throw mistake(call, `asks for place ${Math.max(...listed)} of ${length}`)
  const shape = [...x.shape.slice(0, place), ...indices.shape, ...x.shape.slice(place + 1)]
  if (listed?.length && listed.every((i, n) => i === listed[0]! + n)) return logical(tf.reshape(taken(data, place, listed[0]!, listed.length), shape))
  const flat = listed ? tf.tensor1d(listed, 'int32') : wrapped(tf.reshape(inOrder(indices), [-1]), length)
  return logical(tf.reshape(tf.gather(data, flat, place), shape))
}

function wrapped(indices: tf.Tensor, length: number): tf.Tensor1D {
  const whole = tf.cast(indices, 'int32')
  return tf.where(tf.less(whole, 0), tf.add(whole, length), whole) as tf.Tensor1D
}

function padded(call: Call): Value {
  const x = input(call, 0)
  const pads = integers(call, 'pads', 1) ?? []
  const axes = has(call, 3) ? Array.from(constantInput(call, 3, 'axes').data) : x.shape.map((_, i) => i)
  const value = scalarOf(call, 'value', 2, 0)
  const mode = textOf(call, 'mode', 'constant')
  const y = axes.reduce((z, axis, i) => border(call, z, axisInMemory(x, axis), [pads[i]!, pads[i + axes.length]!], mode, value), x.tensor)
  return valueOf(y, x.layout)
}

/** Negative borders cut off. */
function border(call: Call, x: tf.Tensor, axis: number, [before, after]: [number, number], mode: string, value: number): tf.Tensor {
  if (before === 0 && after === 0) return x
  const length = x.shape[axis]!
  if (before < 0 || after < 0) {
    const cut = taken(x, axis, Math.max(-before, 0), length - Math.max(-before, 0) - Math.max(-after, 0))
    return border(call, cut, axis, [Math.max(before, 0), Math.max(after, 0)], mode, value)
  }
  if (mode === 'constant') return filled(x, axis, [before, after], value)
  if (mode === 'reflect' && before < length && after < length) {
    return joined(x, axis, tf.reverse(taken(x, axis, 1, before), axis), tf.reverse(taken(x, axis, length - 1 - after, after), axis))
  }
  if (mode === 'edge') return joined(x, axis, repeated(taken(x, axis, 0, 1), axis, before), repeated(taken(x, axis, length - 1, 1), axis, after))
  throw mistake(call, `puts a border of mode "${mode}", ${before} and ${after} wide, round ${length} values; constant, edge, and reflect of less than the length can be computed`)
}

function filled(x: tf.Tensor, axis: number, [before, after]: [number, number], value: number): tf.Tensor {
  const rows = tf.reshape(x, [sizeOf(x.shape.slice(0, axis)), x.shape[axis]!, sizeOf(x.shape.slice(axis + 1))])
  return tf.reshape(tf.pad(rows, [[0, 0], [before, after], [0, 0]], value), replaced(x.shape, axis, x.shape[axis]! + before + after))
}

function joined(x: tf.Tensor, axis: number, before: tf.Tensor, after: tf.Tensor): tf.Tensor {
  return tf.concat([before, x, after].filter((part) => part.size > 0), axis)
}

function repeated(edge: tf.Tensor, axis: number, times: number): tf.Tensor {
  return times === 0 ? taken(edge, axis, 0, 0) : tf.tile(edge, edge.shape.map((_, i) => (i === axis ? times : 1)))
}
