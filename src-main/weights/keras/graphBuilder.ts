import { ModelFileError } from '../../domain/errors.ts'
import type { GraphAttribute, GraphConstant, GraphNode } from '../../domain/graph.ts'
import type { NamedArray } from '../../domain/weights.ts'

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
  const newShape = order.map((axis) => shape[axis]!)
  const steps = order.map((axis) => strides[axis]!)
  const result = new Float32Array(data.length)
  const place = newShape.map(() => 0)
  let from = 0
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from]!
    for (let axis = newShape.length - 1; axis >= 0; axis--) {
      from += steps[axis]!
      if (++place[axis]! < newShape[axis]!) break
      from -= steps[axis]! * newShape[axis]!
      place[axis] = 0
    }
  }
  return { shape: newShape, data: result }
}

export function refuse(fileName: string, layer: string, what: string): ModelFileError {
  return new ModelFileError(`${fileName}: layer "${layer}" ${what}, which cannot be read. Export the model to ONNX, or change the layer.`)
}
