import * as tf from '@tensorflow/tfjs-core'
import { isConstant } from '../../../../domain/graph.ts'
import { alike, logical, sizeOf, type Value } from '../value.ts'
import { withoutGradient } from '../withoutGradient.ts'
import { constantInput, input, mistake, numberOf, type Call, type OperatorTable } from './shared.ts'

/** Shapes, and tensors made of nothing but shapes and types. */
export const making: OperatorTable = {
  Shape: shapeOf,
  Size: (call) => logical(tf.scalar(sizeOf(input(call, 0).shape), 'int32')),
  ConstantOfShape: filled,
  Range: range,
  Cast: cast,
  CastLike: (call) => alike(input(call, 0), converted(input(call, 0).tensor, input(call, 1).type)),
}

function shapeOf(call: Call): Value {
  const { shape } = input(call, 0)
  const end = call.node.attributes['end']
  return logical(tf.tensor1d(shape.slice(numberOf(call, 'start', 0), typeof end === 'number' ? end : undefined), 'int32'))
}

function filled(call: Call): Value {
  const shape = Array.from(constantInput(call, 0, 'shape').data)
  const { value } = call.node.attributes
  const [fill, type] = isConstant(value) ? [value.data[0] ?? 0, value.type] : [0, 'float32' as const]
  if (sizeOf(shape) > 2 ** 28) throw mistake(call, `makes a tensor of shape [${shape.join(', ')}], which is larger than any picture or sound`)
  return logical(tf.fill(shape, fill, type === 'bool' ? 'int32' : type))
}

function range(call: Call): Value {
  const [start, limit, step] = [0, 1, 2].map((i) => constantInput(call, i, 'bounds').data[0]!) as [number, number, number]
  const count = Math.max(Math.ceil((limit - start) / step), 0)
  if (!(count < 2 ** 28)) throw mistake(call, `counts from ${start} to ${limit} by ${step}, which never ends`)
  return logical(tf.tensor1d(Array.from({ length: count }, (_, i) => start + i * step), input(call, 0).type === 'int32' ? 'int32' : 'float32'))
}

/** By TensorProto.DataType: floating point of any width, truth, whole numbers of any width. */
function cast(call: Call): Value {
  const to = numberOf(call, 'to', 1)
  const type = [1, 10, 11, 16].includes(to) ? 'float32' : to === 9 ? 'bool' : [2, 3, 4, 5, 6, 7, 12, 13].includes(to) ? 'int32' : null
  if (!type) throw mistake(call, `converts to ONNX type ${to}, which cannot be computed with`)
  return alike(input(call, 0), converted(input(call, 0).tensor, type))
}

function converted(x: tf.Tensor, type: 'float32' | 'int32' | 'bool'): tf.Tensor {
  if (x.dtype === type) return x
  if (type === 'bool') return withoutGradient((z) => tf.notEqual(z, tf.zerosLike(z)), x)
  return type === 'int32' ? withoutGradient((z) => tf.cast(z, 'int32'), x) : tf.cast(x, type)
}
