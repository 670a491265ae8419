import type { GraphConstant, GraphNode, NetworkGraph } from '../../../domain/graph.ts'
import { isConstant } from '../../../domain/graph.ts'
import { orderNodes, readBy } from '../../../domain/graphOrder.ts'
import { batchNormAffine } from '../batchNorm.ts'

const passesOn = ['Identity', 'Dropout']

/** The tensor that a chain of nodes which only pass on began with. */
export function sourceOf(graph: Pick<NetworkGraph, 'nodes'>): (tensor: string) => string {
  const passed = new Map(graph.nodes.filter((node) => passesOn.includes(node.op)).map((node) => [node.outputs[0]!, node.inputs[0] ?? '']))
  return (tensor) => {
    let name = tensor
    while (passed.has(name)) name = passed.get(name)!
    return name
  }
}

/**
 * Make a graph easier to compute: constants out of their nodes, batch norms into the convolutions before them.
 * Whatever else reads a convolution, or wants it, keeps it as it is.
 *
 * @param wanted  tensors that must stay
 */
export function simplify(graph: NetworkGraph, wanted: ReadonlySet<string>): NetworkGraph {
  return foldBatchNorms(hoistConstants(graph), wanted)
}

function hoistConstants(graph: NetworkGraph): NetworkGraph {
  const constants = new Map(graph.constants)
  const nodes = graph.nodes.filter((node) => {
    const value = node.op === 'Constant' ? constantOf(node) : null
    if (value) constants.set(node.outputs[0]!, value)
    return !value
  })
  return { ...graph, nodes: orderNodes(nodes, [...constants.keys(), ...graph.inputs.map((input) => input.name)]), constants }
}

/** What a node named Constant gives; null where it is of a kind that cannot be computed with. */
export function constantOf({ attributes }: GraphNode): GraphConstant | null {
  const { value, value_float: float, value_int: int, value_floats: floats, value_ints: ints } = attributes
  if (isConstant(value)) return value
  if (typeof float === 'number') return { shape: [], type: 'float32', data: Float32Array.of(float) }
  if (typeof int === 'number') return { shape: [], type: 'int32', data: Int32Array.of(int) }
  if (Array.isArray(floats)) return { shape: [floats.length], type: 'float32', data: Float32Array.from(floats as number[]) }
  if (Array.isArray(ints)) return { shape: [ints.length], type: 'int32', data: Int32Array.from(ints as number[]) }
  return null
}

function foldBatchNorms(graph: NetworkGraph, wanted: ReadonlySet<string>): NetworkGraph {
  const makers = new Map(graph.nodes.map((node) => [node.outputs[0]!, node]))
  const reads = countReads(graph)
  const source = sourceOf(graph)
  const constants = new Map(graph.constants)
  const dropped = new Set<GraphNode>()
  const folded = new Map<GraphNode, GraphNode>()
  for (const norm of graph.nodes.filter((node) => node.op === 'BatchNormalization' && node.outputs.length === 1)) {
    const convolution = makers.get(norm.inputs[0]!)
    if (convolution?.op !== 'Conv' || reads.get(norm.inputs[0]!) !== 1 || wanted.has(norm.inputs[0]!)) continue
    const [kernel, bias, ...statistics] = [convolution.inputs[1]!, convolution.inputs[2] ?? '', ...norm.inputs.slice(1, 5)].map((name) => constants.get(source(name)))
    if (!kernel || statistics.length !== 4 || statistics.some((s) => s?.data.length !== kernel.shape[0]) || (convolution.inputs[2] && !bias)) continue
    const names = [`${norm.outputs[0]} kernel`, `${norm.outputs[0]} bias`] as const
    const changed = withNorm(kernel, bias ?? null, statistics as GraphConstant[], Number(norm.attributes['epsilon'] ?? 1e-5))
    constants.set(names[0], changed.kernel).set(names[1], changed.bias)
    folded.set(norm, { ...convolution, inputs: [convolution.inputs[0]!, ...names], outputs: norm.outputs })
    dropped.add(convolution)
  }
  return { ...graph, constants, nodes: graph.nodes.filter((node) => !dropped.has(node)).map((node) => folded.get(node) ?? node) }
}

function countReads({ nodes, outputs }: NetworkGraph): Map<string, number> {
  const reads = new Map<string, number>()
  for (const name of [...nodes.flatMap(readBy), ...outputs]) reads.set(name, (reads.get(name) ?? 0) + 1)
  return reads
}

/** ONNX has the filters of a kernel first. */
function withNorm(kernel: GraphConstant, bias: GraphConstant | null, statistics: GraphConstant[], epsilon: number): { kernel: GraphConstant; bias: GraphConstant } {
  const [gamma, beta, mean, variance] = statistics.map(({ data }) => Float32Array.from(data)) as [Float32Array, Float32Array, Float32Array, Float32Array]
  const { scale, offset } = batchNormAffine({ gamma, beta, mean, variance }, epsilon)
  const taps = kernel.data.length / scale.length
  return {
    kernel: { ...kernel, data: (kernel.data as Float32Array).map((value, i) => value * scale[Math.floor(i / taps)]!) },
    bias: { shape: [scale.length], type: 'float32', data: Float32Array.from(offset, (value, i) => value + (bias?.data[i] ?? 0) * scale[i]!) },
  }
}
