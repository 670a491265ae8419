import { fusedActivation } from './activations.ts'
import { textAttribute, textsAttribute, truthAttribute } from './attributes.ts'
import { refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { give, part, stated } from './output.ts'

export const matrices: ConversionTable = {
  MatMul: (call) => product(call, call.node.name),
  _FusedMatMul: fused,
  BatchMatMul: batched,
  BatchMatMulV2: batched,
  Einsum: (call) => give(call, 'Einsum', call.node.inputs.map((_, i) => stated(call, i)), { equation: textAttribute(call.node, 'equation', '') }),
  Softmax: (call) => give(call, 'Softmax', [stated(call, 0)], { axis: -1 }),
  LogSoftmax: (call) => give(call, 'LogSoftmax', [stated(call, 0)], { axis: -1 }),
}

/** Of two matrices, turned where the node says so. */
function product(call: NodeCall, name: string): string {
  const { build, node } = call
  const [turnedA, turnedB] = [truthAttribute(node, 'transpose_a'), truthAttribute(node, 'transpose_b')]
  const inputs = [stated(call, 0), stated(call, 1)]
  if (!turnedA && !turnedB) return build.add('MatMul', inputs, name)
  return build.add('Gemm', inputs, name, { transA: Number(turnedA), transB: Number(turnedB) })
}

function fused(call: NodeCall): void {
  const operations = textsAttribute(call.node, 'fused_ops')
  const rest = operations.filter((name) => name !== 'BiasAdd')
  if (rest.length > 1 || operations.length !== rest.length + 1) throw refuse(call, `has the operations ${operations.join(', ').slice(0, 100)} fused into it: a bias and an activation are expected`)
  const isLast = rest.length === 0
  const sum = call.build.add('Add', [product(call, part(call, 'product')), stated(call, 2)], isLast ? call.node.name : part(call, 'linear'))
  if (isLast) return
  const { op, attributes, further } = fusedActivation(call, rest[0]!)
  give(call, op, [sum, ...further], attributes)
}

function batched(call: NodeCall): void {
  if (truthAttribute(call.node, 'adj_x') || truthAttribute(call.node, 'adj_y')) throw refuse(call, 'turns its matrices')
  give(call, 'MatMul', [stated(call, 0), stated(call, 1)])
}
