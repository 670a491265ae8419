import { ModelFileError } from '../domain/errors.ts'

/** Reads bytes one after the other and refuses to read past their end. */
export interface ByteReader {
  /** Bytes not read yet. */
  left(): number
  byte(): number
  /** The next bytes, as a view. */
  bytes(length: number): Uint8Array
  /** An unsigned number of 1 to 8 bytes, lowest first. */
  littleEndian(length: number): number
  /** An unsigned number in groups of seven bits, lowest first; the top bit says that more follow. */
  varint(): number
  /** The same as a signed number of 64 bits; beyond 2^53 the nearest that a double holds. */
  signedVarint(): number
}

/**
 * @param what  for messages: "The index", …
 * @throws ModelFileError (from the functions) when too few bytes are left, or a number has more than 53 bits
 */
export function createByteReader(bytes: Uint8Array, what: string): ByteReader {
  let position = 0

  function take(length: number): Uint8Array {
    if (!(length >= 0 && length <= bytes.length - position)) {
      throw new ModelFileError(`${what} is cut short or damaged: ${length} bytes are expected at byte ${position}, and ${bytes.length - position} are left. Fetch the file again.`)
    }
    position += length
    return bytes.subarray(position - length, position)
  }

  /** Digits of base 2^bits, lowest first. */
  function numberOf(digits: Iterable<number>, bits: number): number {
    let value = 0
    let scale = 1
    for (const digit of digits) {
      value += digit * scale
      scale *= 2 ** bits
    }
    if (Number.isSafeInteger(value)) return value
    throw new ModelFileError(`${what} is damaged: it holds the number ${value} where a size or place is expected. Fetch the file again.`)
  }

  const byte = () => take(1)[0]!
  return {
    left: () => bytes.length - position,
    byte,
    bytes: take,
    littleEndian: (length) => numberOf(take(length), 8),
    varint() {
      const digits: number[] = []
      for (;;) {
        const next = byte()
        digits.push(next & 0x7f)
        if (next < 0x80) return numberOf(digits, 7)
      }
    },
    signedVarint() {
      let value = 0n
      for (let shift = 0n; shift < 70n; shift += 7n) {
        const next = byte()
        value |= BigInt(next & 0x7f) << shift
        if (next < 0x80) return Number(BigInt.asIntN(64, value))
      }
      throw new ModelFileError(`${what} is damaged: it holds a number of more than ten bytes. Fetch the file again.`)
    },
  }
}
