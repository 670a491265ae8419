/**
 * Transpose a row-major array.
 *
 * @param order  axis i of the result is axis order[i] of the source
 */
export function permute(shape: readonly number[], data: Float32Array, order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  // Padded to four axes of length 1 in front, so that four plain loops do.
  const lengths = [1, 1, 1, 1, ...order.map((axis) => shape[axis]!)].slice(-4)
  const steps = [0, 0, 0, 0, ...order.map((axis) => strides[axis]!)].slice(-4)
  const [a, b, c, d] = lengths as [number, number, number, number]
  const [stepA, stepB, stepC, stepD] = steps as [number, number, number, number]
  const result = new Float32Array(data.length)
  let to = 0
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++) {
        const from = i * stepA + j * stepB + k * stepC
        for (let l = 0; l < d; l++) result[to++] = data[from + l * stepD]!
      }
  return result
}
