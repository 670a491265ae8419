import type { NamedArray } from '../domain/weights.ts'

/**
 * Reorder a PyTorch weight for TensorFlow: convolution [out, in, h, w] to [h, w, in, out], depthwise [channel, 1, h, w] to
 * [h, w, channel, 1], linear [out, in] to [in, out]. Vectors stay as they are.
 *
 * @param name  tells a depthwise kernel from an ordinary one: it holds "depthwise"
 */
export function toTensorflowLayout(name: string, { shape, data }: NamedArray): NamedArray {
  if (shape.length === 2) return permute(shape, data, [1, 0])
  if (shape.length === 4) return permute(shape, data, name.includes('depthwise') ? [2, 3, 0, 1] : [2, 3, 1, 0])
  return { shape: [...shape], data }
}

/** Transpose a row-major array: axis i of the result is axis order[i] of the source. */
function permute(shape: number[], data: Float32Array, order: number[]): NamedArray {
  const sourceStrides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const newShape = order.map((axis) => shape[axis]!)
  const strides = order.map((axis) => sourceStrides[axis]!)
  const result = new Float32Array(data.length)
  for (let to = 0; to < result.length; to++) {
    let from = 0
    let rest = to
    for (let axis = newShape.length - 1; axis >= 0; axis--) {
      from += (rest % newShape[axis]!) * strides[axis]!
      rest = Math.floor(rest / newShape[axis]!)
    }
    result[to] = data[from]!
  }
  return { shape: newShape, data: result }
}
