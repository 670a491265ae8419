/** One array of a weight file: row-major float32 values and their shape. */
export interface NamedArray {
  shape: number[]
  data: Float32Array
}

/** A network's weights by name. */
export type NamedArrays = Map<string, NamedArray>
