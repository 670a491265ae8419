import { copyBytes } from './copyBytes.ts'
import { float32At } from './float32At.ts'
import { halfToFloat } from './halfFloat.ts'

/** Number types that are read as weights. */
export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64'

export const bytesPerFloat: Readonly<Record<FloatType, number>> = { float16: 2, bfloat16: 2, float32: 4, float64: 8 }

let halves: Float32Array | undefined

/** Every half-precision number there is, by its bits. */
function halfTable(): Float32Array {
  return (halves ??= Float32Array.from({ length: 0x10000 }, (_, bits) => halfToFloat(bits)))
}

/**
 * Read little-endian numbers as float32: float32 as a view where aligned, others widened or rounded.
 * The caller has checked that they lie inside the bytes.
 */
export function floatsAt(bytes: Uint8Array, start: number, count: number, type: FloatType): Float32Array {
  if (type === 'float32') return float32At(bytes, start, count)
  const copy = copyBytes(bytes, start, start + count * bytesPerFloat[type])
  if (type === 'float64') return new Float32Array(new Float64Array(copy))
  return type === 'float16' ? fromHalves(new Uint16Array(copy)) : fromBrainFloats(new Uint16Array(copy))
}

function fromHalves(bits: Uint16Array): Float32Array {
  const table = halfTable()
  const result = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) result[i] = table[bits[i]!]!
  return result
}

/** bfloat16 is the upper half of a float32. */
function fromBrainFloats(bits: Uint16Array): Float32Array {
  const result = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) result[i] = bits[i]! << 16
  return new Float32Array(result.buffer)
}

/** Copy values with the bytes of each turned round. */
export function swappedBytes(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) result[i] = bytes[i - (i % size) + size - 1 - (i % size)]!
  return result
}
