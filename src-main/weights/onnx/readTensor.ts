import { ModelFileError } from '../../domain/errors.ts'
import type { GraphConstant, GraphType } from '../../domain/graph.ts'
import { float32At } from '../float32At.ts'
import type { MessageFields } from '../protocolBuffer.ts'
import { elementTypes, type ElementType } from './elementTypes.ts'
import { chunks, doubles, floats, inner, integerField, integers, textField } from './fieldValues.ts'
import { entryField, tensorField } from './onnxFields.ts'

/** Gives the bytes of a file that lies beside the ONNX file. @param name  a plain file name */
export type ReadBeside = (name: string) => Uint8Array

const largest = 2 ** 31

/**
 * Read one tensor of an ONNX file. float64, float16 and bfloat16 become float32, whole numbers int32.
 *
 * @throws ModelFileError when its type cannot be read, its values do not fill its shape, or a whole number is too large
 */
export function readTensor(fields: MessageFields, what: string, beside: ReadBeside | null): GraphConstant {
  const code = integerField(fields, tensorField.type, what)
  const type = elementTypes[code]
  if (!type) throw new ModelFileError(`${what} holds values of ONNX type ${code}, which cannot be read. Export the network with float32 weights.`)
  const shape = integers(fields, tensorField.dims, what)
  const count = countOf(shape, what)
  return { shape, type: type.becomes, data: readValues(fields, type, count, what, beside) }
}

function countOf(shape: number[], what: string): number {
  const count = shape.reduce((a, b) => a * b, 1)
  if (shape.every((n) => n >= 0 && Number.isSafeInteger(n)) && count <= largest) return count
  throw new ModelFileError(`${what} claims the shape [${shape.join(', ')}], which no file can hold. It is damaged: fetch it again.`)
}

function readValues(fields: MessageFields, type: ElementType, count: number, what: string, beside: ReadBeside | null): GraphConstant['data'] {
  const raw = integerField(fields, tensorField.location, what) === 1 ? externalBytes(fields, type.bytes * count, what, beside) : chunks(fields, tensorField.raw).at(-1)
  if (raw) return fromBytes(raw, type, count, what)
  const listed = listedValues(fields, type, what)
  if (listed.length === count) return packed(listed, type.becomes, what)
  throw sizeMismatch(what, `${listed.length} values`, `${count}`)
}

function fromBytes(raw: Uint8Array, type: ElementType, count: number, what: string): GraphConstant['data'] {
  if (raw.length !== count * type.bytes) throw sizeMismatch(what, `${raw.length} bytes`, `${count * type.bytes}`)
  if (type.name === 'float32') return float32At(raw, 0, count)
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  return packed(Array.from({ length: count }, (_, i) => type.read(view, i * type.bytes)), type.becomes, what)
}

function listedValues(fields: MessageFields, type: ElementType, what: string): number[] {
  const { fromBits } = type
  if (type.name === 'float32') return floats(fields, tensorField.floats)
  if (type.name === 'float64') return doubles(fields, tensorField.doubles)
  if (type.name === 'int64') return integers(fields, tensorField.int64s, what)
  if (type.name === 'uint64' || type.name === 'uint32') return integers(fields, tensorField.uint64s, what)
  const numbers = integers(fields, tensorField.int32s, what)
  return fromBits ? numbers.map(fromBits) : numbers
}

function packed(values: number[], type: GraphType, what: string): GraphConstant['data'] {
  if (type === 'float32') return Float32Array.from(values)
  if (type === 'bool') return Uint8Array.from(values)
  return Int32Array.from(values, (value) => narrowed(value, what))
}

/** The ends of int64 stand for "as far as it goes" in slices: the ends of int32 do the same. */
function narrowed(value: number, what: string): number {
  if (value >= 2 ** 62) return largest - 1
  if (value <= -(2 ** 62)) return -largest
  if (value >= -largest && value < largest) return value
  throw new ModelFileError(`${what} holds the whole number ${value}; only those of 32 bits can be computed with. Export the network without it.`)
}

function externalBytes(fields: MessageFields, expected: number, what: string, beside: ReadBeside | null): Uint8Array {
  const entries = inner(fields, tensorField.external, what).map((entry) => [textField(entry, entryField.key), textField(entry, entryField.value)] as const)
  const { location = '', offset = '0', length = String(expected) } = Object.fromEntries(entries) as Partial<Record<string, string>>
  if (!/^[^/\\:\0]+$/.test(location) || location === '..' || location === '.') {
    throw new ModelFileError(`${what} lies in the file "${location}". Only a file in the ONNX file's own folder may hold its weights: put it there and export the network again, or do not trust this file.`)
  }
  if (!beside) throw new ModelFileError(`${what} lies in another file, "${location}", which was not given. Put it beside the ONNX file, or export the network into one file.`)
  const bytes = beside(location)
  const [start, size] = [Number(offset), Number(length)]
  if (Number.isSafeInteger(start) && Number.isSafeInteger(size) && start >= 0 && size >= 0 && start + size <= bytes.length) return bytes.subarray(start, start + size)
  throw new ModelFileError(`${what} is said to be ${length} bytes at byte ${offset} of "${location}", which has ${bytes.length}. The two files do not belong together, or one is damaged: fetch both again.`)
}

function sizeMismatch(what: string, has: string, needs: string): ModelFileError {
  return new ModelFileError(`${what} has ${has} where its shape needs ${needs}. It is damaged: fetch the file again.`)
}
