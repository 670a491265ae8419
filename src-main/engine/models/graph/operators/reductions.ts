import * as tf from '@tensorflow/tfjs-core'
import { alike, axisInMemory, inOrder, logical, type Value } from '../value.ts'
import { withoutGradient } from '../withoutGradient.ts'
import { input, integers, numberOf, type Call, type OperatorTable } from './shared.ts'

type Reduce = (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor

export const reductions: OperatorTable = {
  ReduceMean: over(tf.mean),
  ReduceSum: over(tf.sum),
  ReduceMax: over(tf.max),
  ReduceMin: over(tf.min),
  ReduceProd: over(tf.prod),
  ReduceL1: over((x, axes, keep) => tf.sum(tf.abs(x), axes, keep)),
  ReduceL2: over((x, axes, keep) => tf.sqrt(tf.sum(tf.square(x), axes, keep))),
  ReduceSumSquare: over((x, axes, keep) => tf.sum(tf.square(x), axes, keep)),
  ReduceLogSum: over((x, axes, keep) => tf.log(tf.sum(x, axes, keep))),
  ReduceLogSumExp: over((x, axes, keep) => tf.logSumExp(x, axes, keep)),
  ArgMax: (call) => place(call, tf.argMax),
  ArgMin: (call) => place(call, tf.argMin),
}

/** Over all places of a picture, or where the axes are kept, nothing has to be reordered. */
function over(reduce: Reduce): (call: Call) => Value {
  return (call) => {
    const x = input(call, 0)
    const asked = integers(call, 'axes', 1)
    const none = !asked || asked.length === 0
    if (none && numberOf(call, 'noop_with_empty_axes', 0)) return x
    const axes = none ? x.shape.map((_, i) => i) : asked.map((axis) => axisInMemory({ shape: x.shape, layout: 'logical' }, axis))
    if (numberOf(call, 'keepdims', 1)) return alike(x, reduce(x.tensor, axes.map((axis) => axisInMemory(x, axis)), true))
    const allPlaces = x.shape.every((_, axis) => axis < 2 || axes.includes(axis))
    return logical(allPlaces ? reduce(x.tensor, axes.map((axis) => axisInMemory(x, axis)), false) : reduce(inOrder(x), axes, false))
  }
}

function place(call: Call, find: (x: tf.Tensor, axis: number) => tf.Tensor): Value {
  const x = inOrder(input(call, 0))
  const axis = axisInMemory({ shape: x.shape, layout: 'logical' }, numberOf(call, 'axis', 0))
  const y = withoutGradient((z) => find(z, axis), x)
  return logical(numberOf(call, 'keepdims', 1) ? tf.expandDims(y, axis) : y)
}
