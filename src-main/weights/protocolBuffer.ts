import { ModelFileError } from '../domain/errors.ts'
import { createByteReader, type ByteReader } from './byteReader.ts'

/** A message's fields by number, each with all its values in order: numbers, or the bytes of texts and inner messages. */
export type MessageFields = Map<number, (number | Uint8Array)[]>

/**
 * Take a protocol buffer apart, without its schema.
 *
 * @param what     for messages: 'The entry of "conv1/kernel"', …
 * @param numbers  'signed' where numbers may be negative, or larger than any size
 * @throws ModelFileError when it is cut short or no protocol buffer
 * @source protobuf.dev, "Encoding"
 */
export function readMessage(bytes: Uint8Array, what: string, numbers: 'sizes' | 'signed' = 'sizes'): MessageFields {
  const reader = createByteReader(bytes, what)
  const fields: MessageFields = new Map()
  while (reader.left() > 0) {
    const tag = reader.varint()
    const field = Math.floor(tag / 8)
    const values = fields.get(field) ?? []
    values.push(tag % 8 === 0 && numbers === 'signed' ? reader.signedVarint() : readValue(reader, tag % 8, what))
    fields.set(field, values)
  }
  return fields
}

function readValue(reader: ByteReader, wireType: number, what: string): number | Uint8Array {
  if (wireType === 0) return reader.varint()
  if (wireType === 1) return reader.bytes(8)
  if (wireType === 2) return reader.bytes(reader.varint())
  if (wireType === 5) return reader.littleEndian(4)
  throw new ModelFileError(`${what} is damaged: it is no protocol buffer (wire type ${wireType}). Fetch the file again.`)
}

/** A field's number, 0 where it was left out, as the format has it. */
export function numberField(fields: MessageFields, field: number): number {
  const value = fields.get(field)?.at(-1) ?? 0
  return typeof value === 'number' ? value : NaN
}

/** The inner messages of a field, none where it was left out. */
export function messageField(fields: MessageFields, field: number, what: string): MessageFields[] {
  return (fields.get(field) ?? []).map((value) => readMessage(typeof value === 'number' ? new Uint8Array() : value, what))
}
