import { ModelFileError } from '../domain/errors.ts'
import { createByteReader, type ByteReader } from './byteReader.ts'
import { limits } from './limits.ts'

/**
 * Unpack a block that snappy packed: literals, and copies of what was unpacked before.
 *
 * @throws ModelFileError when the block is cut short or copies from before its beginning
 * @source google/snappy, format_description.txt
 */
export function unpackSnappy(packed: Uint8Array): Uint8Array {
  const reader = createByteReader(packed, 'A packed block')
  const length = reader.varint()
  // A copy of three bytes gives at most 64.
  if (length > 64 * packed.length || length > limits.descriptionBytes) throw damaged(`announces ${length} bytes, more than it can hold`)
  const result = new Uint8Array(length)
  let end = 0
  while (reader.left() > 0) end = unpackElement(reader, result, end)
  if (end !== length) throw damaged(`gives ${end} bytes where it announces ${length}`)
  return result
}

/** @returns where the result ends now */
function unpackElement(reader: ByteReader, result: Uint8Array, end: number): number {
  const tag = reader.byte()
  if ((tag & 3) === 0) return putLiteral(reader, result, end, tag >> 2)
  if ((tag & 3) === 1) return putCopy(result, end, 4 + ((tag >> 2) & 7), ((tag >> 5) << 8) | reader.byte())
  return putCopy(result, end, 1 + (tag >> 2), reader.littleEndian((tag & 3) === 2 ? 2 : 4))
}

/** Up to 60 bytes the tag holds the length less one; 60 to 63 say in how many bytes it follows. */
function putLiteral(reader: ByteReader, result: Uint8Array, end: number, size: number): number {
  const length = 1 + (size < 60 ? size : reader.littleEndian(size - 59))
  checkFits(result, end + length)
  result.set(reader.bytes(length), end)
  return end + length
}

/** Byte by byte: a copy may reach into what it is making. */
function putCopy(result: Uint8Array, end: number, length: number, distance: number): number {
  if (distance === 0 || distance > end) throw damaged(`copies from ${distance} bytes back, ${end} bytes after its beginning`)
  checkFits(result, end + length)
  for (let i = 0; i < length; i++) result[end + i] = result[end + i - distance]!
  return end + length
}

function checkFits(result: Uint8Array, end: number): void {
  if (end > result.length) throw damaged(`gives more bytes than the ${result.length} it announces`)
}

function damaged(what: string): ModelFileError {
  return new ModelFileError(`A block packed by snappy ${what}. The file is damaged; fetch it again.`)
}
