import type * as tf from '@tensorflow/tfjs-core'
import { ModelFileError } from '../../../domain/errors.ts'
import type { GraphConstant, GraphNode } from '../../../domain/graph.ts'
import { wordsFor } from '../../../domain/graphOrder.ts'
import type { EndGradient } from '../stage.ts'
import { inOrder, type Value } from './value.ts'

/** One node to be computed, with what it takes. */
export interface Call {
  node: GraphNode
  opset: number
  /** null where an optional input is left out. */
  inputs: Array<Value | null>
  /** Of the rectifier that ends the generation layer: 'generation'. */
  end: EndGradient
  /** Make a tensor of a constant once for all calls, and keep it with the network. */
  prepared(constant: GraphConstant, use: string, make: () => tf.Tensor): tf.Tensor
}

/** Computes one kind of node. Differentiable with respect to inputs that are no constants, unless it gives whole numbers. */
export type Operator = (call: Call) => Value | Value[]

export type OperatorTable = Readonly<Record<string, Operator>>

/** @throws ModelFileError when the input is left out */
export function input(call: Call, index: number): Value {
  const value = call.inputs[index]
  if (value) return value
  throw mistake(call, `lacks its input ${index + 1}`)
}

/** An input as a tensor, in the order of the graph. */
export function tensorInput(call: Call, index: number): tf.Tensor {
  return inOrder(input(call, index))
}

export function has(call: Call, index: number): boolean {
  return Boolean(call.inputs[index])
}

/** @throws ModelFileError when the input depends on what the network is shown */
export function constantInput(call: Call, index: number, what: string): GraphConstant {
  const { constant } = input(call, index)
  if (constant) return constant
  throw mistake(call, `computes its ${what} from what the network is shown; only fixed ones can be used`)
}

/** Whole numbers that an attribute gave in older versions and an input gives in newer ones; null where neither does. */
export function integers(call: Call, attribute: string, index: number): number[] | null {
  const listed = call.node.attributes[attribute]
  if (Array.isArray(listed)) return listed as number[]
  if (typeof listed === 'number') return [listed]
  return has(call, index) ? Array.from(constantInput(call, index, attribute).data) : null
}

export function numberOf(call: Call, attribute: string, otherwise: number): number {
  const value = call.node.attributes[attribute]
  return typeof value === 'number' ? value : otherwise
}

export function textOf(call: Call, attribute: string, otherwise: string): string {
  const value = call.node.attributes[attribute]
  return typeof value === 'string' ? value : otherwise
}

export function listOf(call: Call, attribute: string, otherwise: number[]): number[] {
  const value = call.node.attributes[attribute]
  return Array.isArray(value) ? (value as number[]) : otherwise
}

/** A number that is an attribute in older versions and an input in newer ones. */
export function scalarOf(call: Call, attribute: string, index: number, otherwise: number): number {
  if (has(call, index)) return constantInput(call, index, attribute).data[0] ?? otherwise
  return numberOf(call, attribute, otherwise)
}

export function mistake(call: Pick<Call, 'node'>, what: string): ModelFileError {
  return new ModelFileError(`The network's ${wordsFor(call.node)} ${what}. docs/operators.md says what can be computed: change the network or its export.`)
}
