import * as tf from '@tensorflow/tfjs-core'
import { avgPool, maxPool } from '../../../native/pooling.ts'
import { isNative } from '../../../native/tensorflow.ts'
import { tidyNumbers } from '../../../support/tidyNumbers.ts'
import { channelsLast, withChannelsLast, type Value } from '../value.ts'
import { input, listOf, mistake, numberOf, type Call, type OperatorTable } from './shared.ts'
import { asPicture, checkNotEmpty, downAndAcross, fromPicture, isBare, isSame, noWindow, padPicture, windowAxes, type WindowAxis } from './window.ts'

type Pool = (x: tf.Tensor, axes: [WindowAxis, WindowAxis], call: Call) => tf.Tensor

export const pooling: OperatorTable = {
  MaxPool: pool(maximum),
  AveragePool: pool(average),
  GlobalAveragePool: (call) => overall(call, tf.mean),
  GlobalMaxPool: (call) => overall(call, tf.max),
}

function pool(compute: Pool): (call: Call) => Value {
  return (call) => {
    const x = input(call, 0)
    const picture = asPicture(call, x)
    const taps = listOf(call, 'kernel_shape', [])
    if (call.node.outputs.filter((name) => name !== '').length > 1) throw mistake(call, 'gives the places of its maxima as well, which have no gradient')
    const axes = downAndAcross(windowAxes(call, taps, picture.shape.slice(3 - taps.length, 3)), noWindow)
    if (axes.some((axis) => axis.dilation !== 1)) throw mistake(call, 'has a dilated window; only whole ones can be computed')
    checkNotEmpty(call, picture, axes)
    return fromPicture(compute(picture, axes, call), x)
  }
}

function maximum(x: tf.Tensor, axes: [WindowAxis, WindowAxis]): tf.Tensor {
  const { size, strides } = sizes(axes)
  if (axes.every((axis, i) => isSame(axis, x.shape[i + 1]!))) return maxPool(x, size, strides, 'same')
  return maxPool(axes.every(isBare) ? x : padPicture(x, axes, floorFor(x)), size, strides, 'valid')
}

/** Lower than every value. The plain pool cannot tell values apart beside the lowest number there is. */
function floorFor(x: tf.Tensor): number {
  return isNative() ? -3.4e38 : tidyNumbers(() => tf.min(x).dataSync()[0]!) - 1
}

function average(x: tf.Tensor, axes: [WindowAxis, WindowAxis], call: Call): tf.Tensor {
  const { size, strides } = sizes(axes)
  const countBorder = numberOf(call, 'count_include_pad', 0) === 1
  if (axes.every(isBare)) return avgPool(x, size, strides, 'valid')
  if (!countBorder && axes.every((axis, i) => isSame(axis, x.shape[i + 1]!))) return avgPool(x, size, strides, 'same')
  const means = avgPool(padPicture(x, axes, 0), size, strides, 'valid')
  if (countBorder && axes.every((axis) => axis.extra === 0)) return means
  return tf.div(means, avgPool(counted(x, axes, countBorder), size, strides, 'valid'))
}

/** Ones where there is a value that counts, zeros around. */
function counted(x: tf.Tensor, axes: [WindowAxis, WindowAxis], countBorder: boolean): tf.Tensor {
  const [, height, width] = x.shape as [number, number, number]
  const [rows, columns] = [height, width].map((length, i) => length + (countBorder ? axes[i]!.before + axes[i]!.after - axes[i]!.extra : 0)) as [number, number]
  const around = axes.map((axis) => (countBorder ? { ...axis, before: 0, after: axis.extra } : axis)) as [WindowAxis, WindowAxis]
  return padPicture(tf.ones([1, rows, columns, 1]), around, 0)
}

function sizes([down, across]: [WindowAxis, WindowAxis]): { size: [number, number]; strides: [number, number] } {
  return { size: [down.size, across.size], strides: [down.stride, across.stride] }
}

function overall(call: Call, compute: (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor): Value {
  const x = withChannelsLast(input(call, 0))
  return channelsLast(compute(x, x.shape.slice(1, -1).map((_, i) => i + 1), true))
}
