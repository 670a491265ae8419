import * as tf from '@tensorflow/tfjs-core'
import { axesInMemory, sizeOf, valueOf, type Value } from '../value.ts'
import { constantInput, has, input, listOf, mistake, numberOf, textOf, type Call, type OperatorTable } from './shared.ts'
import { resizeMatrix, type ResizeRule } from './resizeMatrix.ts'

export const resize: OperatorTable = { Resize: resized, Upsample: resized }

interface Target {
  length: number
  scale: number
}

/** One axis after the other, each by a matrix. */
function resized(call: Call): Value {
  const x = input(call, 0)
  const rule = ruleOf(call)
  const targets = targetsOf(call, x.shape)
  const y = axesInMemory(x).reduce((z, axis, place) => along(z, place, targets[axis]!, rule), x.tensor)
  return valueOf(y, x.layout)
}

function ruleOf(call: Call): ResizeRule {
  const old = call.node.op === 'Upsample' || call.opset < 11
  const rule: ResizeRule = {
    mode: textOf(call, 'mode', 'nearest') as ResizeRule['mode'],
    coordinates: textOf(call, 'coordinate_transformation_mode', old ? 'asymmetric' : 'half_pixel') as ResizeRule['coordinates'],
    nearest: textOf(call, 'nearest_mode', old ? 'floor' : 'round_prefer_floor') as ResizeRule['nearest'],
    cubic: numberOf(call, 'cubic_coeff_a', -0.75),
    antialias: numberOf(call, 'antialias', 0) === 1,
  }
  const known = ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric', 'half_pixel_symmetric'].includes(rule.coordinates)
  if (known && ['nearest', 'linear', 'cubic'].includes(rule.mode) && !rule.antialias && numberOf(call, 'exclude_outside', 0) === 0) return rule
  throw mistake(call, `resizes by "${rule.mode}" with coordinates "${rule.coordinates}"${rule.antialias ? ' and antialiasing' : ''}, which cannot be computed`)
}

function targetsOf(call: Call, shape: number[]): Target[] {
  const byOpset = call.node.op === 'Upsample' || call.opset < 11 ? { scales: 1, sizes: -1 } : { scales: 2, sizes: 3 }
  const axes = listOf(call, 'axes', shape.map((_, i) => i)).map((axis) => (axis < 0 ? axis + shape.length : axis))
  const sizes = has(call, byOpset.sizes) ? Array.from(constantInput(call, byOpset.sizes, 'sizes').data) : []
  const scales = has(call, byOpset.scales) ? Array.from(constantInput(call, byOpset.scales, 'scales').data) : listOf(call, 'scales', [])
  if (sizes.length + scales.length === 0) throw mistake(call, 'states neither sizes nor scales')
  if (sizes.length && textOf(call, 'keep_aspect_ratio_policy', 'stretch') !== 'stretch') throw mistake(call, 'keeps the aspect ratio, which cannot be computed')
  const targets = shape.map((length) => ({ length, scale: 1 }))
  axes.forEach((axis, i) => {
    const from = shape[axis]!
    targets[axis] = sizes.length ? { length: sizes[i]!, scale: sizes[i]! / from } : { length: Math.floor(from * scales[i]!), scale: scales[i]! }
  })
  return targets
}

function along(x: tf.Tensor, axis: number, target: Target, rule: ResizeRule): tf.Tensor {
  const from = x.shape[axis]!
  if (target.length === from && target.scale === 1) return x
  const matrix = resizeMatrix(from, target.length, target.scale, rule)
  const [before, after] = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis + 1))]
  const rows = tf.reshape(x, [before, from, after])
  const times = repeats(matrix, from, target.length)
  const y = times ? tf.tile(tf.reshape(rows, [before, from, 1, after]), [1, 1, times, 1]) : byMatrix(rows, matrix, target.length)
  return tf.reshape(y, x.shape.map((n, i) => (i === axis ? target.length : n)))
}

/** How often every value is repeated, if that is all there is to it. */
function repeats(matrix: Float32Array, from: number, to: number): number | null {
  const times = to / from
  if (!Number.isInteger(times)) return null
  for (let row = 0; row < to; row++) if (matrix[row * from + Math.floor(row / times)] !== 1) return null
  return times
}

/** [n, from, m] to [n, to, m]. */
function byMatrix(x: tf.Tensor, values: Float32Array, to: number): tf.Tensor {
  const [n, from] = [x.shape[0]!, x.shape[1]!]
  const apply = (z: tf.Tensor, turned: boolean) => tf.matMul(tf.tile(tf.tensor3d(values, [1, to, from]), [n, 1, 1]), z as tf.Tensor3D, turned)
  return tf.customGrad((z) => ({ value: apply(z as tf.Tensor, false), gradFunc: (dy) => apply(dy, true) }))(x)
}
