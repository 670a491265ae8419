import { ModelFileError } from '../../domain/errors.ts'
import type { GraphConstant, GraphInput, GraphNode, NetworkGraph } from '../../domain/graph.ts'
import { needed, orderNodes } from '../../domain/graphOrder.ts'
import { createGraphBuilder } from '../keras/graphBuilder.ts'
import { activations } from './activations.ts'
import { arithmetic } from './arithmetic.ts'
import { shapeAttribute, typeAttribute } from './attributes.ts'
import { convolutions } from './convolutions.ts'
import { readGraphDef, type DefNode } from './graphDef.ts'
import { matrices } from './matrices.ts'
import { refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { pictures } from './pictures.ts'
import { reductions } from './reductions.ts'
import { shapes } from './shapes.ts'
import { splits } from './splits.ts'
import { createTensors } from './tensors.ts'

/** Operators of TensorFlow and what they are as ONNX operators. */
export const tensorflowOperators: ConversionTable = { ...activations, ...arithmetic, ...convolutions, ...matrices, ...pictures, ...reductions, ...shapes, ...splits }

/** ONNX operators are meant as this version of them has it. */
const opset = 20

const withoutResult = ['Const', 'NoOp', 'Placeholder']

/**
 * Turn a graph of TensorFlow into one of ONNX operators. Each tensor has the name of the node that gives it; those of
 * convolutions, pools and what follows them have their channels first, as ONNX wants them. Outputs are what no node reads.
 *
 * @param topology  modelTopology of a TensorFlow.js graph model
 * @param weights   values of its constants, by name
 * @throws ModelFileError naming the node that cannot be read, or a weight that is missing
 */
export function tensorflowGraph(topology: unknown, weights: ReadonlyMap<string, GraphConstant>, fileName = 'The graph model'): NetworkGraph {
  const definitions = new Map(readGraphDef(topology, fileName).filter(({ op }) => op !== 'NoOp').map((node) => [node.name, node]))
  const outputs = unread([...definitions.values()])
  if (outputs.length === 0) throw new ModelFileError(`${fileName} holds a graph that computes nothing. Convert the model again.`)
  const order = needed(orderNodes(rawNodes([...definitions.values()]), []), outputs)
  const build = createGraphBuilder()
  const tensors = createTensors(build)
  const inputs: GraphInput[] = []
  for (const { name } of order) convert({ build, tensors, fileName, node: definitions.get(name)! }, weights, inputs)
  const made = new Set(build.nodes.flatMap((node) => node.outputs))
  const nodes = orderNodes(build.nodes, [...build.constants.keys(), ...inputs.map((i) => i.name)])
  return { dialect: 'onnx', opset, nodes, constants: build.constants, inputs, outputs: outputs.filter((name) => made.has(name)), warnings: [] }
}

function convert(call: NodeCall, weights: ReadonlyMap<string, GraphConstant>, inputs: GraphInput[]): void {
  const { build, fileName, node, tensors } = call
  if (node.op === 'Placeholder') inputs.push(placeholder(node))
  else if (node.op === 'Const') {
    const value = weights.get(node.name)
    if (!value) throw new ModelFileError(`${fileName} lacks the weight "${node.name}". Convert the model with its weights.`)
    build.constants.set(node.name, value)
  } else if (['Identity', 'StopGradient'].includes(node.op) && tensors.constant(node.inputs[0] ?? '')) tensors.setAlias(node.name, node.inputs[0]!)
  else convertNode(call)
}

function convertNode(call: NodeCall): void {
  const { op } = call.node
  if (!Object.hasOwn(tensorflowOperators, op)) throw refuse(call, 'is of an operation that cannot be read')
  tensorflowOperators[op]!(call)
}

function placeholder(node: DefNode): GraphInput {
  const type = typeAttribute(node, 'dtype')
  return { name: node.name, shape: shapeAttribute(node, 'shape'), type: type === 'DT_BOOL' ? 'bool' : ['DT_INT32', 'DT_INT64', 'DT_UINT8'].includes(type) ? 'int32' : 'float32' }
}

/** Tensors that no node reads. */
function unread(nodes: DefNode[]): string[] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs.map(nodeOf)))
  return nodes.filter(({ name, op }) => !withoutResult.includes(op) && !read.has(name)).map(({ name }) => name)
}

/** Nodes with all outputs that others read. */
function rawNodes(nodes: DefNode[]): GraphNode[] {
  const further = new Map<string, Set<string>>()
  for (const tensor of nodes.flatMap(({ inputs }) => inputs)) {
    const node = nodeOf(tensor)
    if (node !== tensor) further.set(node, (further.get(node) ?? new Set()).add(tensor))
  }
  return nodes.map(({ name, op, inputs }) => ({ name, op, inputs, outputs: [name, ...(further.get(name) ?? [])], attributes: {} }))
}

function nodeOf(tensor: string): string {
  return tensor.replace(/:\d+$/, '')
}
