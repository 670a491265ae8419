import * as tf from '@tensorflow/tfjs-core'
import { input, inputsTogether, numberOf, textOf, type Call, type Operator, type OperatorTable } from './shared.ts'
import { alike } from '../value.ts'
import { withoutGradient } from '../withoutGradient.ts'

/** One element in, one out; and several in, which are spread to a common shape. */
export const elementwise: OperatorTable = {
  Sigmoid: each(tf.sigmoid),
  Tanh: each(tf.tanh),
  Erf: each(tf.erf),
  Exp: each(tf.exp),
  Log: each(tf.log),
  Sqrt: each(tf.sqrt),
  Neg: each(tf.neg),
  Abs: each(tf.abs),
  Reciprocal: each((x) => tf.div(1, x)),
  Sign: each(tf.sign),
  Floor: each(tf.floor),
  Ceil: each(tf.ceil),
  Round: each(tf.round),
  Sin: each(tf.sin),
  Cos: each(tf.cos),
  Atan: each(tf.atan),
  Not: each((x) => withoutGradient((z) => tf.logicalNot(tf.cast(z, 'bool')), x)),
  IsNaN: each((x) => withoutGradient(tf.isNaN, x)),
  Softplus: each(tf.softplus),
  Softsign: each((x) => tf.div(x, tf.add(tf.abs(x), 1))),
  Mish: each((x) => tf.mul(x, tf.tanh(tf.softplus(x)))),
  Elu: each((x, call) => elu(x, numberOf(call, 'alpha', 1))),
  Celu: each((x, call) => celu(x, numberOf(call, 'alpha', 1))),
  Selu: each((x, call) => tf.mul(elu(x, numberOf(call, 'alpha', 1.6732631921768188)), numberOf(call, 'gamma', 1.0507010221481323))),
  LeakyRelu: each((x, call) => leaky(x, numberOf(call, 'alpha', 0.01))),
  HardSigmoid: each((x, call) => hardSigmoid(x, numberOf(call, 'alpha', 0.2), numberOf(call, 'beta', 0.5))),
  HardSwish: each((x) => tf.mul(x, hardSigmoid(x, 1 / 6, 0.5))),
  Gelu: each((x, call) => (textOf(call, 'approximate', 'none') === 'tanh' ? geluByTanh(x) : gelu(x))),

  Add: both(tf.add),
  Sub: both(tf.sub),
  Mul: both(tf.mul),
  Div: both((a, b) => (a.dtype === 'int32' && b.dtype === 'int32' ? truncatedQuotient(a, b) : tf.div(a, b))),
  Mod: both((a, b, call) => (numberOf(call, 'fmod', 0) ? tf.sub(a, tf.mul(b, truncated(tf.div(a, b)))) : tf.mod(a, b))),
  Pow: both(power),
  Equal: both((a, b) => withoutGradient(tf.equal, a, b)),
  Greater: both((a, b) => withoutGradient(tf.greater, a, b)),
  GreaterOrEqual: both((a, b) => withoutGradient(tf.greaterEqual, a, b)),
  Less: both((a, b) => withoutGradient(tf.less, a, b)),
  LessOrEqual: both((a, b) => withoutGradient(tf.lessEqual, a, b)),
  And: both((a, b) => withoutGradient(tf.logicalAnd, a, b)),
  Or: both((a, b) => withoutGradient(tf.logicalOr, a, b)),
  Xor: both((a, b) => withoutGradient(tf.logicalXor, a, b)),
  PRelu: both((x, slope) => tf.add(tf.relu(x), tf.mul(tf.minimum(x, 0), slope))),

  Sum: all((values) => values.reduce((a, b) => tf.add(a, b))),
  Mean: all((values) => tf.div(values.reduce((a, b) => tf.add(a, b)), values.length)),
  Max: all((values) => values.reduce((a, b) => tf.maximum(a, b))),
  Min: all((values) => values.reduce((a, b) => tf.minimum(a, b))),
  Where: all(([condition, a, b]) => tf.where(tf.cast(condition!, 'bool'), a!, b!)),
}

function each(compute: (x: tf.Tensor, call: Call) => tf.Tensor): Operator {
  return (call) => alike(input(call, 0), compute(input(call, 0).tensor, call))
}

function both(compute: (a: tf.Tensor, b: tf.Tensor, call: Call) => tf.Tensor): Operator {
  return all(([a, b], call) => compute(a!, b!, call))
}

function all(compute: (values: tf.Tensor[], call: Call) => tf.Tensor): Operator {
  return (call) => {
    const { tensors, wrap } = inputsTogether(call)
    return wrap(compute(tensors, call))
  }
}

/** Squares and roots have gradients at zero and below where the general power has none. */
function power(x: tf.Tensor, exponent: tf.Tensor, call: Call): tf.Tensor {
  const constant = call.inputs[1]?.constant
  if (constant?.data.length === 1 && constant.data[0] === 2) return tf.square(x)
  if (constant?.data.length === 1 && constant.data[0] === 0.5) return tf.sqrt(x)
  return tf.pow(x, tf.cast(exponent, x.dtype))
}

function truncatedQuotient(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.cast(truncated(tf.div(tf.cast(a, 'float32'), tf.cast(b, 'float32'))), 'int32')
}

function truncated(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sign(x), tf.floor(tf.abs(x)))
}

function leaky(x: tf.Tensor, slope: number): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(tf.minimum(x, 0), slope))
}

function elu(x: tf.Tensor, alpha: number): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alpha))
}

function celu(x: tf.Tensor, alpha: number): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(tf.expm1(tf.div(tf.minimum(x, 0), alpha)), alpha))
}

function hardSigmoid(x: tf.Tensor, slope: number, offset: number): tf.Tensor {
  return tf.clipByValue(tf.add(tf.mul(x, slope), offset), 0, 1)
}

function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1))
}

function geluByTanh(x: tf.Tensor): tf.Tensor {
  const inside = tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI))
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inside), 1))
}
