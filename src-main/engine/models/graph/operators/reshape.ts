import * as tf from '@tensorflow/tfjs-core'
import { axesInMemory, axisInMemory, channelsLast, inOrder, logical, sizeOf, valueOf, withChannelsLast, type Value } from '../value.ts'
import { constantInput, input, integers, inputsTogether, listOf, mistake, numberOf, tensorInput, type Call, type OperatorTable } from './shared.ts'

/** Other shapes and orders of the same values. */
export const reshape: OperatorTable = {
  Reshape: reshaped,
  Flatten: flattened,
  Transpose: transposed,
  Squeeze: squeezed,
  Unsqueeze: unsqueezed,
  Concat: concatenated,
  Expand: expanded,
  Tile: tiled,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
}

function reshaped(call: Call): Value {
  const x = input(call, 0)
  const asked = integers(call, 'shape', 1) ?? []
  const keepZero = numberOf(call, 'allowzero', 0) === 1
  const stated = asked.map((size, i) => (size === 0 && !keepZero ? x.shape[i]! : size))
  const rest = sizeOf(x.shape) / sizeOf(stated.filter((size) => size !== -1))
  const shape = stated.map((size) => (size === -1 ? rest : size))
  if (sizeOf(shape) !== sizeOf(x.shape) || shape.some((size) => !Number.isInteger(size) || size < 0)) {
    throw mistake(call, `makes [${asked.join(', ')}] of [${x.shape.join(', ')}], which does not fit: this network may take one input size only`)
  }
  return logical(tf.reshape(inOrder(x), shape))
}

function flattened(call: Call): Value {
  const x = input(call, 0)
  const axis = numberOf(call, 'axis', 1)
  const rows = sizeOf(x.shape.slice(0, axis < 0 ? axis + x.shape.length : axis))
  return logical(tf.reshape(inOrder(x), [rows, sizeOf(x.shape) / rows]))
}

/** Where the channels come to lie last, or come from there, nothing is moved. */
function transposed(call: Call): Value {
  const x = input(call, 0)
  const order = listOf(call, 'perm', x.shape.map((_, i) => x.shape.length - 1 - i))
  const inMemory = axesInMemory(x)
  const places = (layout: Value['layout']) => axesInMemory({ shape: x.shape, layout }).map((axis) => inMemory.indexOf(order[axis]!))
  const isIdentity = (moved: number[]) => moved.every((axis, i) => axis === i)
  if (isIdentity(places('logical'))) return logical(x.tensor)
  if (x.shape.length > 2 && isIdentity(places('channels last'))) return channelsLast(x.tensor)
  return logical(tf.transpose(x.tensor, places('logical')))
}

function squeezed(call: Call): Value {
  const x = input(call, 0)
  const axes = integers(call, 'axes', 1)?.map((axis) => (axis < 0 ? axis + x.shape.length : axis))
  const shape = x.shape.filter((size, i) => (axes ? !axes.includes(i) : size !== 1))
  return logical(tf.reshape(inOrder(x), shape))
}

function unsqueezed(call: Call): Value {
  const x = input(call, 0)
  const axes = integers(call, 'axes', 1) ?? []
  const rank = x.shape.length + axes.length
  const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)))
  const rest = [...x.shape]
  return logical(tf.reshape(inOrder(x), Array.from({ length: rank }, (_, i) => (added.has(i) ? 1 : rest.shift()!))))
}

function concatenated(call: Call): Value {
  const { tensors, wrap } = inputsTogether(call)
  const first = input(call, 0)
  const layout = wrap(tensors[0]!).layout
  const axis = axisInMemory({ shape: first.shape, layout }, numberOf(call, 'axis', 0))
  return valueOf(tensors.length === 1 ? tensors[0]! : tf.concat(tensors, axis), layout)
}

function expanded(call: Call): Value {
  const x = tensorInput(call, 0)
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, Array.from(constantInput(call, 1, 'shape').data))
  return logical(tf.broadcastTo(x, shape))
}

function tiled(call: Call): Value {
  return logical(tf.tile(tensorInput(call, 0), Array.from(constantInput(call, 1, 'number of repeats').data)))
}

/** [batch, channels, h, w] to [batch, channels / b², h b, w b]. */
function depthToSpace(call: Call): Value {
  const x = withChannelsLast(input(call, 0))
  const block = numberOf(call, 'blocksize', 1)
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const depth = channels / block ** 2
  const columnsFirst = call.node.attributes['mode'] === 'CRD'
  const split = tf.reshape(x, [batch * height, width, ...(columnsFirst ? [depth, block, block] : [block, block, depth])])
  const moved = tf.transpose(split, columnsFirst ? [0, 3, 1, 4, 2] : [0, 2, 1, 3, 4])
  return channelsLast(tf.reshape(moved, [batch, height * block, width * block, depth]))
}

/** The inverse of depthToSpace, block first. */
function spaceToDepth(call: Call): Value {
  const x = withChannelsLast(input(call, 0))
  const block = numberOf(call, 'blocksize', 1)
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const split = tf.reshape(x, [(batch * height) / block, block, width / block, block, channels])
  return channelsLast(tf.reshape(tf.transpose(split, [0, 2, 1, 3, 4]), [batch, height / block, width / block, block ** 2 * channels]))
}
