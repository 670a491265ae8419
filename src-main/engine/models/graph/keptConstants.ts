import * as tf from '@tensorflow/tfjs-core'
import type { GraphConstant } from '../../../domain/graph.ts'
import { createLazyTensors } from '../lazyTensors.ts'
import { inOrder, type Value } from './value.ts'

/** The fixed values of a graph as tensors, made when first used and kept until all are disposed. */
export interface KeptConstants {
  valueOf(constant: GraphConstant): Value
  /** A tensor made of a constant for one use. */
  prepared(constant: GraphConstant, use: string, make: () => tf.Tensor): tf.Tensor
  /** Read a value that does not depend on what the network is shown. */
  fixed(value: Value): Value
  dispose(): void
}

export function createKeptConstants(): KeptConstants {
  const tensors = createLazyTensors()
  const kept = new Map<GraphConstant, Map<string, () => tf.Tensor>>()

  function prepared(constant: GraphConstant, use: string, make: () => tf.Tensor): tf.Tensor {
    const uses = kept.get(constant) ?? new Map<string, () => tf.Tensor>()
    kept.set(constant, uses)
    if (!uses.has(use)) uses.set(use, tensors.lazily(make))
    return uses.get(use)!()
  }

  function valueOf(constant: GraphConstant): Value {
    return {
      shape: constant.shape,
      type: constant.type,
      layout: 'logical',
      constant,
      get tensor() {
        return prepared(constant, 'as it is', () => tf.tensor(constant.data, constant.shape, constant.type))
      },
    }
  }

  return {
    valueOf,
    prepared,
    fixed: (value) => (value.constant ? value : valueOf({ shape: value.shape, type: value.type, data: inOrder(value).dataSync().slice() as GraphConstant['data'] })),
    dispose() {
      tensors.dispose()
      kept.clear()
    },
  }
}
