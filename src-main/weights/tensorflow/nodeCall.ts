import { ModelFileError } from '../../domain/errors.ts'
import type { GraphConstant } from '../../domain/graph.ts'
import type { GraphBuilder } from '../keras/graphBuilder.ts'
import type { DefNode } from './graphDef.ts'
import type { Tensors } from './tensors.ts'

/** What a node is made of on its way into the graph. */
export interface NodeCall {
  build: GraphBuilder
  fileName: string
  node: DefNode
  tensors: Tensors
}

/** Adds to the graph what a node computes, under the node's name. */
export type Convert = (call: NodeCall) => void

export type ConversionTable = Readonly<Record<string, Convert>>

/** @throws ModelFileError when the node has no such input */
export function input(call: NodeCall, index: number): string {
  const name = call.node.inputs[index]
  if (name !== undefined) return name
  throw refuse(call, `lacks its input ${index + 1}`)
}

/** An input whose values the file holds. @throws ModelFileError when they are computed */
export function constantInput(call: NodeCall, index: number, what: string): GraphConstant {
  const constant = knownInput(call, index)
  if (constant) return constant
  throw refuse(call, `computes its ${what}; only a fixed one can be read`)
}

export function knownInput({ tensors, node }: NodeCall, index: number): GraphConstant | null {
  return tensors.constant(node.inputs[index] ?? '')
}

/** Of each axis a few. */
const mostIntegers = 256

/** @throws ModelFileError as constantInput, and when there are more than any number of axes needs */
export function integersInput(call: NodeCall, index: number, what: string): number[] {
  const { data } = constantInput(call, index, what)
  if (data.length <= mostIntegers) return Array.from(data)
  throw refuse(call, `has ${data.length} numbers for its ${what}`)
}

/** A fixed value as floating-point numbers, not copied where it holds such. */
export function floatsOf({ data }: GraphConstant): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data)
}

/** @throws ModelFileError when it is no single number */
export function integerInput(call: NodeCall, index: number, what: string): number {
  const values = integersInput(call, index, what)
  if (values.length === 1 && Number.isInteger(values[0])) return values[0]!
  throw refuse(call, `has a ${what} that is no whole number`)
}

export function refuse({ fileName, node }: Pick<NodeCall, 'fileName' | 'node'>, what: string): ModelFileError {
  return new ModelFileError(`${fileName}: node "${node.name}" (${node.op}) ${what}. docs/operators.md says what can be read: export the model to ONNX, or change the node.`)
}
