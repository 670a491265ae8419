import type * as tf from '@tensorflow/tfjs-core'
import { packFilter, type FrozenFilter } from '../native/frozenConvolution.ts'

/** A way to keep a tensor once it is made, as `LazyTensors` has it; `use` tells the forms of one filter apart. */
type Keep = (make: () => tf.Tensor, use: string) => () => tf.Tensor

/**
 * A filter of a network in the forms that its convolutions need. What only the packed forms need is not kept.
 *
 * @param make  makes the filter, of this shape
 */
export function frozenFilter(keep: Keep, shape: readonly number[], make: () => tf.Tensor): FrozenFilter {
  return {
    shape,
    values: keep(make, 'as it is'),
    packed: keep(() => packFilter(make(), false), 'packed'),
    packedTransposed: keep(() => packFilter(make(), true), 'packed, transposed'),
  }
}
