/** Copy a range of bytes into a buffer of its own. (`slice` would copy a Uint8Array but only view a Node Buffer.) */
export function copyBytes(bytes: Uint8Array, start: number, end: number): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + end) as ArrayBuffer
}
