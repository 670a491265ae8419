import * as tf from '@tensorflow/tfjs-core'
import type { GraphConstant } from '../../../../domain/graph.ts'
import { conv2d, depthwiseConv2d } from '../../../native/convolution.ts'
import type { ConvolutionOptions } from '../../../native/convolutionAttributes.ts'
import { constantInput, has, input, listOf, mistake, numberOf, textOf, type Call, type OperatorTable } from './shared.ts'
import { frozenFilter } from '../../frozenFilter.ts'
import { asPicture, checkNotEmpty, downAndAcross, fromPicture, isBare, isSame, noWindow, padPicture, windowAxes, type WindowAxis } from './window.ts'
import type { Value } from '../value.ts'

export const convolution: OperatorTable = { Conv: convolve, ConvTranspose: convolveTransposed }

function convolve(call: Call): Value {
  const x = input(call, 0)
  const weights = constantInput(call, 1, 'kernel')
  const groups = numberOf(call, 'group', 1)
  const picture = asPicture(call, x)
  checkChannels(call, picture, weights, groups)
  const axes = pictureAxes(call, weights, picture)
  checkNotEmpty(call, picture, axes)
  const { padded, options } = bordered(picture, axes)
  return fromPicture(grouped(call, padded, weights, groups, options, axes), x)
}

function checkChannels(call: Call, picture: tf.Tensor, { shape }: GraphConstant, groups: number): void {
  if (groups > 0 && shape.length >= 3 && picture.shape[3] === shape[1]! * groups && shape[0]! % groups === 0) return
  throw mistake(call, `has a kernel of shape [${shape.join(', ')}] in ${groups} groups for ${picture.shape[3]} channels, which do not fit`)
}

function pictureAxes(call: Call, { shape }: GraphConstant, picture: tf.Tensor): [WindowAxis, WindowAxis] {
  const taps = shape.slice(2)
  return downAndAcross(windowAxes(call, taps, picture.shape.slice(3 - taps.length, 3)), noWindow)
}

/** Borders as TensorFlow's SAME has them cost nothing; others are put round the picture. */
function bordered(picture: tf.Tensor, axes: [WindowAxis, WindowAxis]): { padded: tf.Tensor; options: ConvolutionOptions } {
  const strides = [axes[0].stride, axes[1].stride] as const
  if (axes.every(isBare)) return { padded: picture, options: { strides, padding: 'valid' } }
  if (axes.every((axis, i) => isSame(axis, picture.shape[i + 1]!))) return { padded: picture, options: { strides, padding: 'same' } }
  return { padded: padPicture(picture, axes, 0), options: { strides, padding: 'valid' } }
}

function grouped(call: Call, x: tf.Tensor, weights: GraphConstant, groups: number, options: ConvolutionOptions, axes: readonly WindowAxis[]): tf.Tensor {
  const prepared = (use: string, make: () => tf.Tensor) => call.prepared(weights, `${use} kernel, dilated ${axes.map((a) => a.dilation).join()}`, make)
  const kernel = (change: (k: tf.Tensor) => tf.Tensor) => change(dilated(asKernel(weights), axes))
  const filter = (use: string, change: (k: tf.Tensor) => tf.Tensor) => {
    const shape = [...axes.map(({ size, dilation }) => (size - 1) * dilation + 1), weights.shape[1]!, weights.shape[0]! / groups]
    return frozenFilter((make, form) => () => prepared(`${use}, ${form}`, make), shape, () => kernel(change))
  }
  const bias = has(call, 2) ? tensorOf(call, constantInput(call, 2, 'bias')) : undefined
  if (groups === 1) return conv2d(x, filter('full', (k) => k), options, bias)
  if (weights.shape[1] === 1) {
    const multiplier = weights.shape[0]! / groups
    const y = depthwiseConv2d(x, prepared('depthwise', () => kernel((k) => tf.reshape(k, [k.shape[0]!, k.shape[1]!, groups, multiplier]))), options)
    return bias ? tf.add(y, bias) : y
  }
  const parts = Array.from({ length: groups }, (_, g) => conv2d(part(x, groups, g), filter(`group ${g}`, (k) => part(k, groups, g)), options))
  const y = tf.concat(parts, 3)
  return bias ? tf.add(y, bias) : y
}

/** [filters, channels, height, width] to [height, width, channels, filters]; of sounds the height is one. */
function asKernel({ shape, data }: GraphConstant): tf.Tensor {
  const [filters, channels, height, width] = [shape[0]!, shape[1]!, ...downAndAcross(shape.slice(2), 1)]
  return tf.transpose(tf.tensor(data as Float32Array, [filters, channels, height, width], 'float32'), [2, 3, 1, 0])
}

/** Zeros between the taps: TensorFlow has no gradient of dilated convolutions on a processor. */
function dilated(kernel: tf.Tensor, axes: readonly WindowAxis[]): tf.Tensor {
  return axes.reduce((k, { size, dilation }, axis) => (dilation === 1 || size === 1 ? k : spread(k, axis, dilation)), kernel)
}

function spread(k: tf.Tensor, axis: number, dilation: number): tf.Tensor {
  const taps = tf.unstack(k, axis)
  const gap = tf.zerosLike(taps[0]!)
  return tf.stack(taps.flatMap((tap, i) => (i ? [...Array.from({ length: dilation - 1 }, () => gap), tap] : [tap])), axis)
}

function part(x: tf.Tensor, parts: number, index: number): tf.Tensor {
  const size = x.shape[3]! / parts
  return tf.slice(x, [0, 0, 0, index * size], [...x.shape.slice(0, 3), size])
}

export function tensorOf(call: Call, constant: GraphConstant): tf.Tensor {
  return call.prepared(constant, 'as it is', () => tf.tensor(constant.data, constant.shape, constant.type))
}

/** The adjoint of a convolution: the whole result is computed, then its borders are cut off. */
function convolveTransposed(call: Call): Value {
  const x = input(call, 0)
  const weights = constantInput(call, 1, 'kernel')
  const groups = numberOf(call, 'group', 1)
  const picture = asPicture(call, x)
  if (picture.shape[3] !== weights.shape[0]) throw mistake(call, `has a kernel of shape [${weights.shape.join(', ')}] for ${picture.shape[3]} channels, which do not fit`)
  const axes = transposedAxes(call, weights, picture)
  const parts = Array.from({ length: groups }, (_, g) => {
    const kernel = call.prepared(weights, `transposed group ${g}`, () => dilated(tf.transpose(transposedPart(weights, groups, g), [2, 3, 1, 0]), axes))
    return adjoint(groups === 1 ? picture : part(picture, groups, g), kernel, axes)
  })
  const y = parts.length === 1 ? parts[0]! : tf.concat(parts, 3)
  const biased = has(call, 2) ? tf.add(y, tensorOf(call, constantInput(call, 2, 'bias'))) : y
  return fromPicture(biased, x)
}

type TransposedAxis = WindowAxis & { whole: number; length: number }

function transposedAxes(call: Call, { shape }: GraphConstant, picture: tf.Tensor): [TransposedAxis, TransposedAxis] {
  const taps = shape.slice(2)
  const auto = textOf(call, 'auto_pad', 'NOTSET')
  const outputPadding = listOf(call, 'output_padding', taps.map(() => 0))
  const outputShape = listOf(call, 'output_shape', [])
  const lengths = picture.shape.slice(3 - taps.length, 3)
  if (auto.startsWith('SAME') || outputShape.length) throw mistake(call, 'states the size of its result; only stated borders can be computed')
  const axes = windowAxes(call, taps, lengths).map((axis, i) => {
    const whole = (lengths[i]! - 1) * axis.stride + (axis.size - 1) * axis.dilation + 1 + outputPadding[i]!
    return { ...axis, whole, length: whole - axis.before - axis.after }
  })
  return downAndAcross(axes, { ...noWindow, whole: 1, length: 1 })
}

/** [filters, channels of the result, height, width] of one group. */
function transposedPart({ shape, data }: GraphConstant, groups: number, index: number): tf.Tensor {
  const [inputs, outputs, height, width] = [shape[0]!, shape[1]!, ...downAndAcross(shape.slice(2), 1)]
  const size = inputs / groups
  return tf.slice(tf.tensor(data as Float32Array, [inputs, outputs, height, width], 'float32'), [index * size, 0, 0, 0], [size, outputs, height, width])
}

function adjoint(x: tf.Tensor, kernel: tf.Tensor, [down, across]: [TransposedAxis, TransposedAxis]): tf.Tensor {
  const [batch, channels] = [x.shape[0]!, kernel.shape[2]!]
  const strides: [number, number] = [down.stride, across.stride]
  const whole: [number, number, number, number] = [batch, down.whole, across.whole, channels]
  const y = tf.customGrad((z, save) => {
    ;(save as tf.GradSaveFunc)([kernel])
    return {
      value: tf.conv2dTranspose(z as tf.Tensor4D, kernel as tf.Tensor4D, whole, strides, 'valid'),
      gradFunc: (dy, [saved]) => tf.conv2d(dy as tf.Tensor4D, saved as tf.Tensor4D, strides, 'valid'),
    }
  })(x)
  return tf.slice(y, [0, down.before, across.before, 0], [batch, down.length, across.length, channels])
}
