import { createByteReader } from '../byteReader.ts'
import { readMessage, type MessageFields } from '../protocolBuffer.ts'

/** The values of one field of an ONNX message, whichever way they are packed. */

export function textField(fields: MessageFields, field: number): string {
  return texts(fields, field).at(-1) ?? ''
}

export function texts(fields: MessageFields, field: number): string[] {
  return chunks(fields, field).map((bytes) => new TextDecoder().decode(bytes))
}

export function inner(fields: MessageFields, field: number, what: string): MessageFields[] {
  return chunks(fields, field).map((bytes) => readMessage(bytes, what, 'signed'))
}

export function chunks(fields: MessageFields, field: number): Uint8Array[] {
  return (fields.get(field) ?? []).filter((value) => typeof value !== 'number')
}

/** Whole numbers, one by one or many in one value. */
export function integers(fields: MessageFields, field: number, what: string): number[] {
  const found: number[] = []
  for (const value of fields.get(field) ?? []) {
    if (typeof value === 'number') found.push(value)
    else for (const reader = createByteReader(value, what); reader.left() > 0; ) found.push(reader.signedVarint())
  }
  return found
}

export function integerField(fields: MessageFields, field: number, what: string): number {
  return integers(fields, field, what).at(-1) ?? 0
}

/** Numbers of single precision: 32 bits one by one, or many in one value. */
export function floats(fields: MessageFields, field: number): number[] {
  const found: number[] = []
  const bits = new DataView(new ArrayBuffer(4))
  for (const value of fields.get(field) ?? []) {
    if (typeof value === 'number') {
      bits.setUint32(0, value)
      found.push(bits.getFloat32(0))
    } else {
      const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
      for (let at = 0; at + 4 <= value.length; at += 4) found.push(view.getFloat32(at, true))
    }
  }
  return found
}

/** Numbers of double precision. */
export function doubles(fields: MessageFields, field: number): number[] {
  return chunks(fields, field).flatMap((bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => view.getFloat64(8 * i, true))
  })
}
