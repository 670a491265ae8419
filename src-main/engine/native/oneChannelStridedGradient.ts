import * as tf from '@tensorflow/tfjs-core'
import { fullConvolutionAttributes } from './convolutionAttributes.ts'
import { attribute, runOp } from './tensorflow.ts'

type Pair = readonly [number, number]

/** One axis: input place s q + a is the sum over t, first to last, of dy[q + t] times tap a + before - s t. */
interface Axis {
  size: number
  taps: number
  stride: number
  /** Zeros before the input in the forward convolution. */
  before: number
  first: number
  last: number
}

/**
 * Transpose of a strided SAME convolution that takes one channel: eight times faster than Conv2DBackpropInput, which has
 * one output channel to spread over a processor's vector units. The places between two strides are computed as channels
 * first, then laid out.
 *
 * @param dy      float32 [batch, ceil(height / stride down), ceil(width / stride across), filters]
 * @param filter  float32 [fh, fw, 1, filters]
 * @param size    [height, width] of the input
 * @returns       float32 [batch, height, width, 1]; a surrounding tidy disposes it
 */
export function oneChannelStridedGradient(dy: tf.Tensor, filter: tf.Tensor, size: Pair, strides: Pair): tf.Tensor {
  const [down, across] = [0, 1].map((i) => axis(size[i]!, filter.shape[i]!, strides[i]!)) as [Axis, Axis]
  const phases = runOp('Conv2D', [
    ...fullConvolutionAttributes([1, 1], 'EXPLICIT'),
    attribute.integers('explicit_paddings', [0, 0, -down.first, down.last, -across.first, across.last, 0, 0]),
  ], dy, filterByPhases(filter, down, across))
  const [batch, rows, columns] = phases.shape as [number, number, number]
  const places = tf.transpose(tf.reshape(phases, [batch, rows, columns, down.stride, across.stride]), [0, 1, 3, 2, 4])
  const whole = tf.reshape(places, [batch, rows * down.stride, columns * across.stride, 1])
  return tf.slice(whole, [0, 0, 0, 0], [batch, ...size, 1])
}

function axis(size: number, taps: number, stride: number): Axis {
  const before = Math.floor(Math.max((Math.ceil(size / stride) - 1) * stride + taps - size, 0) / 2)
  return { size, taps, stride, before, first: Math.ceil((before - taps + 1) / stride), last: Math.floor((stride - 1 + before) / stride) }
}

/** [fh, fw, 1, filters] to [t down, t across, filters, place down * place across]. */
function filterByPhases(filter: tf.Tensor, down: Axis, across: Axis): tf.Tensor {
  const filters = filter.shape[3]!
  const [rows, columns] = [down, across].map((a) => a.last - a.first + 1) as [number, number]
  const padded = tf.pad(filter as tf.Tensor4D, [around(down), around(across), [0, 0], [0, 0]])
  const split = tf.reshape(padded, [rows, down.stride, columns, across.stride, filters])
  // Taps rise where t falls.
  const phases = tf.transpose(tf.reverse(split, [0, 2]), [0, 2, 4, 1, 3])
  return tf.reshape(phases, [rows, columns, filters, down.stride * across.stride])
}

/** Zeros that fill an axis of the filter up to whole strides, tap `before` - s `last` first. */
function around({ taps, stride, before, first, last }: Axis): [number, number] {
  const start = stride * last - before
  return [start, stride * (last - first + 1) - start - taps]
}
