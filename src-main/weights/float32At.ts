import { copyBytes } from './copyBytes.ts'

/** Read float32 values, little-endian: a view of the bytes where they are aligned, else a copy. */
export function float32At(bytes: Uint8Array, start: number, count: number): Float32Array {
  const offset = bytes.byteOffset + start
  return offset % 4 === 0 ? new Float32Array(bytes.buffer, offset, count) : new Float32Array(copyBytes(bytes, start, start + 4 * count))
}
