import { counted, shape } from '../../design/format.ts'

/** What is drawn of a network's graph. */
export interface GraphNode {
  /** The tensor that the node gives. */
  id: string
  op: string
  /** What stands in its box: operation, shape. */
  label: string
  inputs: string[]
  width: number
  height: number
}

interface Described {
  tensor: string
  op: string
  inputs: string[]
  shape: number[]
}

export const inputOp = 'Input'
const boxHeight = 34
const narrowest = 92
const perLetter = 6.3

/** Boxes for the nodes, and one for the input that they hang on. Tensors that nothing gives lead nowhere and are left out. */
export function graphNodes(nodes: readonly Described[], input: { tensor: string; shape: number[] }): GraphNode[] {
  const known = new Set([input.tensor, ...nodes.map((node) => node.tensor)])
  const first = box({ tensor: input.tensor, op: inputOp, inputs: [], shape: input.shape })
  return [first, ...nodes.filter((node) => node.tensor !== input.tensor).map((node) => box({ ...node, inputs: node.inputs.filter((name) => known.has(name)) }))]
}

function box({ tensor, op, inputs, shape: sizes }: Described): GraphNode {
  const words = shape(sizes)
  return { id: tensor, op, label: `${op}\n${words}`, inputs, width: Math.max(narrowest, 16 + perLetter * Math.max(op.length, words.length)), height: boxHeight }
}

/** Nodes that a word is found in: in the tensor's name, the operation or the shape. */
export function matchingNodes<T extends Described>(nodes: readonly T[], wanted: string): T[] {
  const word = wanted.trim().toLowerCase()
  if (word === '') return [...nodes]
  return nodes.filter((node) => [node.tensor, node.op, shape(node.shape), node.shape.join('x')].some((text) => text.toLowerCase().includes(word)))
}

/** The drawing in words, for those who do not see it. */
export function describeGraph(nodes: readonly Described[], picked: number): string {
  return `Graph of the network: ${counted(nodes.length, 'node')}, ${counted(picked, 'layer')} offered. The list beside it holds the same nodes.`
}
