import type { NamedArray } from '../../../domain/weights.ts'
import { permute } from './permute.ts'

/** How a file keeps the values of one weight. Shapes are checked against this before anything is read. */
export interface Layout {
  /** What the file's array must have for a weight of this shape. */
  sourceShape(weight: readonly number[]): number[]
  /** Axes that the array is split into before its axes are put in `order`; absent: its own. */
  split?(weight: readonly number[]): number[]
  /** Axis i of the weight is axis order[i] of the array. Afterwards the values are read with the weight's own shape. */
  order?: number[]
  /** What is done to the values, in words; null where nothing is. */
  text: string | null
}

export const asItIs: Layout = { sourceShape: (weight) => [...weight], text: null }

/** Linear: [out, in] of PyTorch. */
export const linear: Layout = transposed([1, 0])

/** Convolution: [out, in, height, width] of PyTorch. */
export const convolution: Layout = transposed([2, 3, 1, 0])

/** Depthwise convolution: [channel, 1, height, width] of PyTorch. */
export const depthwise: Layout = transposed([2, 3, 0, 1])

/** The layout of PyTorch by the number of axes alone; vectors are alike everywhere. */
export function torchLayout(weight: readonly number[], isDepthwise = false): Layout {
  if (weight.length === 4) return isDepthwise ? depthwise : convolution
  return weight.length === 2 ? linear : asItIs
}

/** A dense layer after a convolution that PyTorch flattened by channel, row and column; ours is flattened by row, column and channel. */
export function linearAfterConvolution(height: number, width: number): Layout {
  return {
    sourceShape: ([inputs, outputs]) => [outputs!, inputs!],
    split: ([inputs, outputs]) => [outputs!, inputs! / (height * width), height, width],
    order: [2, 3, 1, 0],
    text: `transposed [1, 0], inputs reordered from [channel, ${height}, ${width}] to [${height}, ${width}, channel]`,
  }
}

/** A dense layer that TensorFlow-slim writes as a convolution over the whole picture: [height, width, in, out]. */
export function denseAsConvolution(height: number, width: number): Layout {
  return { sourceShape: ([inputs, outputs]) => [height, width, inputs! / (height * width), outputs!], text: 'reshaped to [in, out]' }
}

function transposed(order: number[]): Layout {
  const sourceShape = (weight: readonly number[]): number[] => {
    const shape = new Array<number>(order.length)
    order.forEach((axis, i) => (shape[axis] = weight[i]!))
    return shape
  }
  return { sourceShape, order, text: `transposed [${order.join(', ')}]` }
}

/** Read an array of this layout as the weight it is. Values that need no change are shared, not copied. */
export function fromLayout(layout: Layout, weight: readonly number[], array: NamedArray): Float32Array {
  if (!layout.order) return array.data
  return permute(layout.split?.(weight) ?? array.shape, array.data, layout.order)
}
