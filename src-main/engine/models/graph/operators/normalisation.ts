import * as tf from '@tensorflow/tfjs-core'
import type { GraphConstant } from '../../../../domain/graph.ts'
import { batchNormAffine } from '../../batchNorm.ts'
import { alike, axesInMemory, axisInMemory, channelsLast, inOrder, logical, sizeOf, withChannelsLast, type Value } from '../value.ts'
import { constantInput, has, input, mistake, numberOf, tensorInput, type Call, type OperatorTable } from './shared.ts'

export const normalisation: OperatorTable = {
  BatchNormalization: batchNorm,
  InstanceNormalization: (call) => groupNorm(call, null),
  GroupNormalization: (call) => groupNorm(call, numberOf(call, 'num_groups', 1)),
  LayerNormalization: layerNorm,
  LRN: localResponseNorm,
  LpNormalization: lpNorm,
  Softmax: (call) => alongAxis(call, tf.softmax),
  LogSoftmax: (call) => alongAxis(call, tf.logSoftmax),
}

/** With its stored statistics: one factor and one offset per channel. */
function batchNorm(call: Call): Value {
  if (numberOf(call, 'training_mode', 0)) throw mistake(call, 'is in training mode; export the network for evaluation')
  const x = input(call, 0)
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => constantInput(call, i, 'statistics')) as [GraphConstant, GraphConstant, GraphConstant, GraphConstant]
  const affine = () => batchNormAffine({ gamma: float(gamma), beta: float(beta), mean: float(mean), variance: float(variance) }, numberOf(call, 'epsilon', 1e-5))
  const scale = call.prepared(gamma, `scale of ${call.node.name}`, () => tf.tensor1d(Float32Array.from(affine().scale)))
  const offset = call.prepared(beta, `offset of ${call.node.name}`, () => tf.tensor1d(Float32Array.from(affine().offset)))
  const y = tf.add(tf.mul(x.shape.length > 2 ? withChannelsLast(x) : x.tensor, scale), offset)
  return x.shape.length > 2 ? channelsLast(y) : logical(y)
}

/** Each channel, or group of channels, by its own mean and variance over all places. */
function groupNorm(call: Call, groups: number | null): Value {
  const x = input(call, 0)
  const z = withChannelsLast(x)
  const [batch, channels] = [x.shape[0]!, x.shape[1]!]
  const size = groups === null ? 1 : channels / groups
  const places = sizeOf(x.shape.slice(2))
  const grouped = tf.reshape(z, [batch, places, channels / size, size])
  const y = tf.reshape(standardised(grouped, [1, 3], numberOf(call, 'epsilon', 1e-5)), z.shape)
  return channelsLast(tf.add(tf.mul(y, perChannel(tensorInput(call, 1), channels)), perChannel(tensorInput(call, 2), channels)))
}

/** Until version 21 groups, not channels, had factors of their own. */
function perChannel(values: tf.Tensor, channels: number): tf.Tensor {
  const size = channels / values.size
  return size === 1 ? values : tf.reshape(tf.tile(tf.reshape(values, [values.size, 1]), [1, size]), [channels])
}

function layerNorm(call: Call): Value {
  const x = input(call, 0)
  const axis = numberOf(call, 'axis', -1)
  const first = axis < 0 ? axis + x.shape.length : axis
  const z = inOrder(x)
  const axes = z.shape.map((_, i) => i).slice(first)
  const y = tf.mul(standardised(z, axes, numberOf(call, 'epsilon', 1e-5)), tensorInput(call, 1))
  return logical(has(call, 2) ? tf.add(y, tensorInput(call, 2)) : y)
}

function standardised(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, axes, true))
  return tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), epsilon)))
}

/** Each value by the squares of its neighbouring channels, which a banded matrix adds up. */
function localResponseNorm(call: Call): Value {
  const x = withChannelsLast(input(call, 0))
  const channels = x.shape.at(-1)!
  const size = numberOf(call, 'size', 1)
  const [alpha, beta, bias] = [numberOf(call, 'alpha', 1e-4), numberOf(call, 'beta', 0.75), numberOf(call, 'bias', 1)]
  const sums = tf.reshape(tf.matMul(tf.reshape(tf.square(x), [-1, channels]) as tf.Tensor2D, band(channels, size)), x.shape)
  return channelsLast(tf.div(x, tf.pow(tf.add(tf.mul(sums, alpha / size), bias), beta)))
}

function band(channels: number, size: number): tf.Tensor2D {
  const [below, above] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)]
  const rows = Array.from({ length: channels }, (_, from) => Array.from({ length: channels }, (_, to) => (from >= to - below && from <= to + above ? 1 : 0)))
  return tf.tensor2d(rows)
}

function lpNorm(call: Call): Value {
  const x = input(call, 0)
  const axis = axisInMemory(x, numberOf(call, 'axis', -1))
  const norm = numberOf(call, 'p', 2) === 1 ? tf.sum(tf.abs(x.tensor), axis, true) : tf.sqrt(tf.sum(tf.square(x.tensor), axis, true))
  return alike(x, tf.div(x.tensor, norm))
}

/** Until version 13 all axes from the one named on counted as one. */
function alongAxis(call: Call, compute: (x: tf.Tensor, axis?: number) => tf.Tensor): Value {
  const x = input(call, 0)
  if (call.opset < 13) {
    const axis = numberOf(call, 'axis', 1)
    const rows = sizeOf(x.shape.slice(0, axis < 0 ? axis + x.shape.length : axis))
    const z = tf.reshape(inOrder(x), [rows, -1])
    return logical(tf.reshape(compute(z), x.shape))
  }
  const axis = axisInMemory(x, numberOf(call, 'axis', -1))
  const last = x.shape.length - 1
  if (axis === last) return alike(x, compute(x.tensor))
  const order = axesInMemory({ shape: x.shape, layout: 'logical' }).map((i) => (i === axis ? last : i === last ? axis : i))
  return alike(x, tf.transpose(compute(tf.transpose(x.tensor, order)), order))
}

function float({ data }: GraphConstant): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data)
}
