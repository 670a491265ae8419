import * as tf from '@tensorflow/tfjs-core'
import { matMul } from '../../../native/matMul.ts'
import { inOrder, logical, sizeOf, type Value } from '../value.ts'
import { has, input, mistake, numberOf, tensorInput, textOf, type Call, type OperatorTable } from './shared.ts'

export const matrices: OperatorTable = { MatMul: multiplied, Gemm: general, Einsum: einsum }

function multiplied(call: Call): Value {
  const [a, b] = [input(call, 0), input(call, 1)]
  const x = inOrder(a)
  if (b.constant && b.shape.length === 2 && x.rank >= 2 && x.dtype === 'float32') {
    if (x.shape.at(-1) !== b.shape[0]) throw mistake(call, `multiplies [${x.shape.join(', ')}] by [${b.shape.join(', ')}], which do not fit`)
    return logical(tf.reshape(matMul(tf.reshape(x, [-1, b.shape[0]!]), b.tensor), [...x.shape.slice(0, -1), b.shape[1]!]))
  }
  return logical(product(call, x, inOrder(b)))
}

/** The axes in front are spread beforehand: the gradient of tfjs' product does not add them up again. */
function product(call: Call, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.rank === 0 || b.rank === 0) throw mistake(call, 'multiplies a single number, which is no matrix')
  const left = a.rank === 1 ? tf.reshape(a, [1, a.size]) : a
  const right = b.rank === 1 ? tf.reshape(b, [b.size, 1]) : b
  const front = tf.broadcast_util.assertAndGetBroadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2))
  const [x, y] = [left, right].map((z) => spread(z, [...front, ...z.shape.slice(-2)])) as [tf.Tensor, tf.Tensor]
  const z = tf.matMul(tf.reshape(x, [-1, ...x.shape.slice(-2)]), tf.reshape(y, [-1, ...y.shape.slice(-2)]))
  return tf.reshape(z, [...front, ...(a.rank === 1 ? [] : [z.shape[1]!]), ...(b.rank === 1 ? [] : [z.shape[2]!])])
}

function spread(x: tf.Tensor, shape: number[]): tf.Tensor {
  return sizeOf(shape) === x.size ? tf.reshape(x, shape) : tf.broadcastTo(x, shape)
}

/** alpha a b + beta c, a and b turned where the node says so. */
function general(call: Call): Value {
  const [alpha, beta] = [numberOf(call, 'alpha', 1), numberOf(call, 'beta', 1)]
  const a = numberOf(call, 'transA', 0) ? tf.transpose(tensorInput(call, 0)) : tensorInput(call, 0)
  const y = timesMatrix(call, a, numberOf(call, 'transB', 0) === 1)
  const scaled = alpha === 1 ? y : tf.mul(y, alpha)
  if (!has(call, 2) || beta === 0) return logical(scaled)
  return logical(tf.add(scaled, beta === 1 ? tensorInput(call, 2) : tf.mul(tensorInput(call, 2), beta)))
}

function timesMatrix(call: Call, a: tf.Tensor, turned: boolean): tf.Tensor {
  const { constant } = input(call, 1)
  const b = tensorInput(call, 1)
  const [rows, columns] = turned ? [b.shape[1], b.shape[0]] : b.shape
  if (b.rank !== 2 || a.shape[1] !== rows) throw mistake(call, `multiplies [${a.shape.join(', ')}] by a matrix of ${rows} x ${columns}, which do not fit: this network may take one input size only`)
  if (!constant) return tf.matMul(a, b, false, turned)
  return matMul(a, turned ? call.prepared(constant, 'turned', () => tf.transpose(b)) : b)
}

/** Sums of products over named axes, as attention writes them: a batched matrix product between reorderings. */
function einsum(call: Call): Value {
  const [, left, right, result] = /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]*)$/.exec(textOf(call, 'equation', '').replaceAll(' ', '')) ?? []
  if (left === undefined || right === undefined || result === undefined || [left, right, result].some((axes) => new Set(axes).size < axes.length)) {
    throw mistake(call, `computes "${textOf(call, 'equation', '')}"; two operands with every axis named once each can be computed`)
  }
  const [a, b] = [tensorInput(call, 0), tensorInput(call, 1)]
  const length = (axis: string) => (left.includes(axis) ? a.shape[left.indexOf(axis)]! : b.shape[right.indexOf(axis)]!)
  const [kept, summed] = [[...left].filter((axis) => right.includes(axis) && result.includes(axis)), [...left].filter((axis) => right.includes(axis) && !result.includes(axis))]
  const rows = [...left].filter((axis) => !right.includes(axis) && result.includes(axis))
  const columns = [...right].filter((axis) => !left.includes(axis) && result.includes(axis))
  const sizes = (axes: string[]) => sizeOf(axes.map(length))
  const x = tf.reshape(named(a, left, [...kept, ...rows, ...summed]), [sizes(kept), sizes(rows), sizes(summed)])
  const y = tf.reshape(named(b, right, [...kept, ...summed, ...columns]), [sizes(kept), sizes(summed), sizes(columns)])
  const made = [...kept, ...rows, ...columns]
  return logical(named(tf.reshape(tf.matMul(x, y), made.map(length)), made.join(''), [...result]))
}

/** In the order asked for; what is not asked for is added up. */
function named(x: tf.Tensor, axes: string, order: string[]): tf.Tensor {
  const lost = [...axes].flatMap((axis, i) => (order.includes(axis) ? [] : [i]))
  const left = [...axes].filter((axis) => order.includes(axis))
  return tf.transpose(lost.length ? tf.sum(x, lost) : x, order.map((axis) => left.indexOf(axis)))
}
