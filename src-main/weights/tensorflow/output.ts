import type { GraphAttribute } from '../../domain/graph.ts'
import { input, type NodeCall } from './nodeCall.ts'

/** Add an operator that gives the node's own tensor, with its axes as TensorFlow has them. */
export function give(call: NodeCall, op: string, inputs: readonly string[], attributes: Record<string, GraphAttribute> = {}): void {
  call.build.add(op, inputs, call.node.name, attributes)
}

/** Add an operator that gives the node's own tensor as a picture with its channels first. */
export function givePicture(call: NodeCall, op: string, inputs: readonly string[], attributes: Record<string, GraphAttribute> = {}): void {
  give(call, op, inputs, attributes)
  call.tensors.setPicture(call.node.name)
}

/** Add an operator of single elements, in whichever order its input lies; further inputs are single numbers. */
export function giveAlike(call: NodeCall, op: string, attributes: Record<string, GraphAttribute> = {}, further: readonly string[] = []): void {
  const x = input(call, 0)
  if (call.tensors.isPicture(x)) givePicture(call, op, [x, ...further], attributes)
  else give(call, op, [call.tensors.asStated(x), ...further], attributes)
}

/** An input with its axes as TensorFlow has them. */
export function stated(call: NodeCall, index: number): string {
  return call.tensors.asStated(input(call, index))
}

/** An input as a picture with its channels first. */
export function picture(call: NodeCall, index: number): string {
  return call.tensors.asPicture(input(call, index))
}

/** A fixed number as a constant of the graph. */
export function single({ build, node }: NodeCall, what: string, value: number): string {
  return build.floats(`${node.name} (${what})`, { shape: [], data: Float32Array.of(value) })
}

/** Name of something that a node is made of on the way. */
export function part({ node }: NodeCall, what: string): string {
  return `${node.name} (${what})`
}
