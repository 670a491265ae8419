import { z } from 'zod'
import { ModelFileError } from '../../domain/errors.ts'
import { limits } from '../limits.ts'

/** One node of a TensorFlow graph, as JSON has it. */
export interface DefNode {
  name: string
  op: string
  /** Tensors: "node" for its first output, "node:1" for its second. What only has to run before is left out. */
  inputs: string[]
  attributes: Readonly<Record<string, unknown>>
}

const text = z.string().max(limits.nameLength)
const nodeSchema = z.object({
  name: text,
  op: text,
  input: z.array(text).max(limits.entries).optional(),
  attr: z.record(z.string(), z.unknown()).optional(),
})
const graphSchema = z.object({ node: z.array(nodeSchema).max(limits.entries) })

/**
 * Read the nodes of a GraphDef as TensorFlow.js writes it.
 *
 * @throws ModelFileError when it is none, or two nodes have one name
 * @source tensorflow/tensorflow, core/framework/graph.proto and node_def.proto
 */
export function readGraphDef(topology: unknown, fileName: string): DefNode[] {
  const parsed = graphSchema.safeParse(topology)
  if (!parsed.success) throw new ModelFileError(`${fileName} has no proper modelTopology: nodes with name, op and input are expected. It is damaged: convert the model again.`)
  const nodes = parsed.data.node.map(({ name, op, input = [], attr = {} }) => ({ name, op, inputs: input.filter((tensor) => !tensor.startsWith('^')).map(firstByName), attributes: attr }))
  const names = new Set(nodes.map(({ name }) => name))
  if (names.size === nodes.length) return nodes
  throw new ModelFileError(`${fileName} describes two nodes of one name. It is damaged: convert the model again.`)
}

function firstByName(tensor: string): string {
  return tensor.endsWith(':0') ? tensor.slice(0, -2) : tensor
}
