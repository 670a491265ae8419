import { truthAttribute } from './attributes.ts'
import { input, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { give, stated } from './output.ts'

export const reductions: ConversionTable = {
  Mean: (call) => reduced(call, 'ReduceMean'),
  Sum: (call) => reduced(call, 'ReduceSum'),
  Max: (call) => reduced(call, 'ReduceMax'),
  Min: (call) => reduced(call, 'ReduceMin'),
  Prod: (call) => reduced(call, 'ReduceProd'),
}

/** Without an axis TensorFlow reduces nothing. */
function reduced(call: NodeCall, op: string): void {
  input(call, 1)
  const keep = truthAttribute(call.node, 'keep_dims') || truthAttribute(call.node, 'keepdims')
  give(call, op, [stated(call, 0), stated(call, 1)], { keepdims: Number(keep), noop_with_empty_axes: 1 })
}
