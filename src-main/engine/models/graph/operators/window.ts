import * as tf from '@tensorflow/tfjs-core'
import { sizeOf, type Value, withChannelsLast, channelsLast } from '../value.ts'
import { listOf, mistake, numberOf, textOf, type Call } from './shared.ts'

/** How windows lie over a picture, along one axis. */
export interface WindowAxis {
  size: number
  stride: number
  dilation: number
  /** What is added before and after. */
  before: number
  after: number
  /** Of what is added after, that which belongs to no window by rights but is there so that the last one is whole. */
  extra: number
}

/**
 * Read strides, dilations and borders of a node.
 *
 * @param taps  of the window, down and across
 */
export function windowAxes(call: Call, taps: number[], lengths: number[]): WindowAxis[] {
  const ones = taps.map(() => 1)
  const [strides, dilations] = [listOf(call, 'strides', ones), listOf(call, 'dilations', ones)]
  const pads = listOf(call, 'pads', [...taps, ...taps].map(() => 0))
  const auto = textOf(call, 'auto_pad', 'NOTSET')
  const roundUp = numberOf(call, 'ceil_mode', 0) === 1
  return taps.map((size, i) => {
    const [stride, dilation] = [strides[i]!, dilations[i]!]
    const [before, after] = auto.startsWith('SAME') ? same(auto, lengths[i]!, size, stride, dilation) : auto === 'VALID' ? [0, 0] : [pads[i]!, pads[i + taps.length]!]
    if (before < 0 || after < 0 || !(stride > 0) || !(dilation > 0)) throw mistake(call, `has strides ${strides.join(', ')}, dilations ${dilations.join(', ')} and borders ${pads.join(', ')}, which make no sense`)
    const extra = roundUp ? extraFor({ size, stride, dilation, before, after, extra: 0 }, lengths[i]!) : 0
    return { size, stride, dilation, before, after: after + extra, extra }
  })
}

/** How much of the picture one window covers. */
export function reach({ size, dilation }: WindowAxis): number {
  return (size - 1) * dilation + 1
}

/** Whether TensorFlow's SAME puts the borders where they are. */
export function isSame(axis: WindowAxis, length: number): boolean {
  const [before, after] = same('SAME_UPPER', length, axis.size, axis.stride, axis.dilation)
  return before === axis.before && after === axis.after
}

export function isBare(axis: WindowAxis): boolean {
  return axis.before === 0 && axis.after === 0
}

function same(auto: string, length: number, size: number, stride: number, dilation: number): [number, number] {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + (size - 1) * dilation + 1 - length, 0)
  const smaller = Math.floor(total / 2)
  return auto === 'SAME_LOWER' ? [total - smaller, smaller] : [smaller, total - smaller]
}

/** Rounding up makes room for one more window, if that begins within the picture or the border before it. */
function extraFor(axis: WindowAxis, length: number): number {
  const room = length + axis.before + axis.after - reach(axis)
  let windows = Math.ceil(room / axis.stride) + 1
  if ((windows - 1) * axis.stride >= length + axis.before) windows--
  return Math.max((windows - 1) * axis.stride - room, 0)
}

/** Pictures as they are, sounds and rows of features as pictures one high: [batch, height, width, channels]. */
export function asPicture(call: Call, value: Value): tf.Tensor {
  const x = withChannelsLast(value)
  if (x.rank === 4) return x
  if (x.rank === 3) return tf.reshape(x, [x.shape[0]!, 1, x.shape[1]!, x.shape[2]!])
  throw mistake(call, `works on ${value.shape.length - 2} axes beside batch and channels; only one (sounds) and two (pictures) can be computed`)
}

/** Back from asPicture. */
export function fromPicture(y: tf.Tensor, { shape }: Value): Value {
  return channelsLast(shape.length === 4 ? y : tf.reshape(y, [y.shape[0]!, y.shape[2]!, y.shape[3]!]))
}

/** Of sounds an axis of one goes before. */
export function downAndAcross<T>(list: readonly T[], one: T): [T, T] {
  return list.length === 1 ? [one, list[0]!] : [list[0]!, list[1]!]
}

export const noWindow: WindowAxis = { size: 1, stride: 1, dilation: 1, before: 0, after: 0, extra: 0 }

export function padPicture(x: tf.Tensor, [down, across]: readonly [WindowAxis, WindowAxis], value: number): tf.Tensor {
  if (isBare(down) && isBare(across)) return x
  return tf.pad(x as tf.Tensor4D, [[0, 0], [down.before, down.after], [across.before, across.after], [0, 0]], value)
}

export function checkNotEmpty(call: Call, x: tf.Tensor, axes: readonly WindowAxis[]): void {
  const [, height, width] = x.shape as [number, number, number]
  const lengths = [height, width]
  if (sizeOf(x.shape) > 0 && axes.every((axis, i) => lengths[i]! + axis.before + axis.after >= reach(axis))) return
  throw mistake(call, `has a window of ${axes.map(reach).join(' x ')} for a picture of ${lengths.join(' x ')}: the network's input is too small for it`)
}
