import type { StageSummary } from './network.ts'

/** A whole network as a file describes it: plain data, no tensors. */
export interface NetworkGraph {
  /** Whose operators the nodes name. */
  dialect: 'onnx' | 'tensorflow'
  /** Version of the operators; 0 where the dialect has none. */
  opset: number
  nodes: GraphNode[]
  /** Weights and other fixed values, by tensor name. */
  constants: Map<string, GraphConstant>
  inputs: GraphInput[]
  /** Names of tensors. */
  outputs: string[]
  /** Weights that are no finite numbers, and the like: a sentence each. */
  warnings: string[]
}

export interface GraphNode {
  name: string
  op: string
  /** Names of tensors; '' where an optional input is left out. */
  inputs: string[]
  outputs: string[]
  attributes: Record<string, GraphAttribute>
  /** Tensors of the graph around it that a branch of this node reads. */
  captures?: string[]
}

export type GraphAttribute = number | string | number[] | string[] | GraphConstant | GraphBranch

/** Part of a node that chooses between parts. */
export type GraphBranch = Pick<NetworkGraph, 'nodes' | 'constants' | 'outputs'>

export type GraphType = 'float32' | 'int32' | 'bool'

/** Row-major values. */
export interface GraphConstant {
  shape: number[]
  type: GraphType
  data: Float32Array | Int32Array | Uint8Array
}

export interface GraphInput {
  name: string
  /** null stands for an axis whose length is free; of an input without a stated shape the list is null. */
  shape: Array<number | null> | null
  type: GraphType
}

/** A node as a person sees it who chooses layers. */
export interface GraphNodeOutline {
  /** Its first output, by which it is chosen. */
  tensor: string
  op: string
  name: string
  inputs: string[]
  outputs: string[]
  /** Without the batch axis, channels last; null where the first axis is not the batch's. */
  shape: number[] | null
  parameters: number
  endsIn: StageSummary['endsIn']
  /** Finite numbers that a finite gradient leads from to the input. */
  metamerLayer: boolean
  suggested: boolean
}

export interface GraphOutlineResult {
  nodes: GraphNodeOutline[]
  /** The tensor that looks like class scores before any softmax or sigmoid; null where none does. */
  logits: string | null
}

export function isConstant(value: GraphAttribute | undefined): value is GraphConstant {
  return typeof value === 'object' && 'data' in value
}

export function isBranch(value: GraphAttribute | undefined): value is GraphBranch {
  return typeof value === 'object' && 'nodes' in value
}
