import { ModelFileError } from '../../domain/errors.ts'
import type { GraphAttribute, GraphConstant, GraphNode } from '../../domain/graph.ts'
import type { NamedArray } from '../../domain/weights.ts'
import { copyStrided } from '../torchTensors.ts'

/** A tensor of the graph in the making; pictures are kept channels first, as ONNX has them. */
export interface Traced {
  name: string
  /** Axes, the batch included. */
  rank: number
}

/** Takes nodes and constants, and sees to their names. */
export interface GraphBuilder {
  readonly nodes: GraphNode[]
  readonly constants: Map<string, GraphConstant>
  /** Add a node with one output of that name. */
  add(op: string, inputs: readonly string[], name: string, attributes?: Record<string, GraphAttribute>): string
  floats(name: string, array: NamedArray): string
  integers(name: string, values: readonly number[]): string
}

export function createGraphBuilder(): GraphBuilder {
  const nodes: GraphNode[] = []
  const constants = new Map<string, GraphConstant>()
  return {
    nodes,
    constants,
    add(op, inputs, name, attributes = {}) {
      nodes.push({ name, op, inputs: [...inputs], outputs: [name], attributes })
      return name
    },
    floats(name, { shape, data }) {
      constants.set(name, { shape, type: 'float32', data })
      return name
    },
    integers(name, values) {
      constants.set(name, { shape: [values.length], type: 'int32', data: Int32Array.from(values) })
      return name
    },
  }
}

/** Reorder a row-major array: axis i of the result is axis order[i] of the source. */
export function reordered({ shape, data }: NamedArray, order: readonly number[]): NamedArray {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const view = { shape: order.map((axis) => shape[axis]!), strides: order.map((axis) => strides[axis]!) }
  return { shape: view.shape, data: copyStrided(data, view, new Float32Array(data.length)) }
}

export function refuse(fileName: string, layer: string, what: string): ModelFileError {
  return new ModelFileError(`${fileName}: layer "${layer}" ${what}, which cannot be read. Export the model to ONNX, or change the layer.`)
}
