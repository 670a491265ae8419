import { z } from 'zod'
import { ModelFileError } from '../domain/errors.ts'
import type { NamedArray, NamedArrays } from '../domain/weights.ts'
import { elementCount } from './arrayShape.ts'
import { floatToHalf } from './halfFloat.ts'
import { bytesPerFloat, floatsAt, type FloatType } from './numberTypes.ts'
import { skippedWarnings } from './parsedWeights.ts'

export type { NamedArray, NamedArrays } from '../domain/weights.ts'

const floatTypes: Readonly<Record<string, FloatType>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16', F64: 'float64' }
/** Counters and masks: their places are checked, their values not read. */
const otherBytes: Readonly<Record<string, number>> = { I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 }

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
type Entry = z.infer<typeof entrySchema> & { name: string }

/**
 * Read a safetensors file: 8 bytes of header length, a JSON header, raw little-endian values.
 * Other precisions are widened or rounded to float32; whole numbers are left out.
 *
 * @param bytes     the whole file
 * @param fileName  for messages
 * @returns arrays in the order of the header; float32 ones may be views of `bytes`, which must not change then
 * @throws ModelFileError when the file is cut short, or its header is damaged, overlapping or of another type
 * @source safetensors format description, Hugging Face
 */
export function readSafetensors(bytes: Uint8Array, fileName = 'The weight file'): NamedArrays {
  return readSafetensorsFile(bytes, fileName).arrays
}

/** The same, with the texts that the header keeps and warnings of what was left out. */
export function readSafetensorsFile(bytes: Uint8Array, fileName = 'The weight file'): { arrays: NamedArrays; metadata: unknown; warnings: string[] } {
  const { header, dataStart } = readHeader(bytes, fileName)
  const entries = readEntries(header, fileName)
  checkExtents(entries, bytes.length - dataStart, fileName)
  const [floats, others] = [true, false].map((wanted) => entries.filter(({ dtype }) => Object.hasOwn(floatTypes, dtype) === wanted)) as [Entry[], Entry[]]
  return {
    arrays: new Map(floats.map((entry) => [entry.name, readArray(bytes, dataStart, entry)])),
    metadata: header['__metadata__'],
    warnings: skippedWarnings(others.map(({ name, dtype }) => ({ name, type: dtype }))),
  }
}

/**
 * Read the texts in a safetensors file's header; none where it has none.
 *
 * @throws ModelFileError when the header is damaged
 */
export function readSafetensorsMetadata(bytes: Uint8Array, fileName = 'The weight file'): Record<string, string> {
  const { header } = readHeader(bytes, fileName)
  return z.record(z.string(), z.string()).catch({}).parse(header['__metadata__'])
}

/**
 * Write arrays as a safetensors file, in the order of the map.
 *
 * @param metadata  texts kept in the header, such as source and licence
 * @param isHalf    which arrays are rounded to half precision; the others stay float32
 */
export function writeSafetensors(arrays: NamedArrays, metadata: Record<string, string> = {}, isHalf: (array: NamedArray) => boolean = () => false): Uint8Array {
  const parts = [...arrays].map(([name, array]) => ({ name, shape: array.shape, half: isHalf(array), values: isHalf(array) ? Uint16Array.from(array.data, floatToHalf) : array.data }))
  const header = safetensorsHeader(parts, metadata)
  const file = new Uint8Array(parts.reduce((length, { values }) => length + values.byteLength, header.length))
  file.set(header)
  let position = header.length
  for (const { values } of parts) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position)
    position += values.byteLength
  }
  return file
}

/** What such a file begins with; the values of the arrays follow, float32 or half precision, little-endian, one after the other in this order. */
export function safetensorsHeader(arrays: readonly { name: string; shape: readonly number[]; half?: boolean }[], metadata: Record<string, string> = {}): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let end = 0
  for (const { name, shape, half = false } of arrays) {
    const start = end
    end += (half ? 2 : 4) * shape.reduce((a, b) => a * b, 1)
    header[name] = { dtype: half ? 'F16' : 'F32', shape, data_offsets: [start, end] }
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  // Spaces after the header align the values to 8 bytes, as the format recommends.
  const padded = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + padded).fill(0x20, 8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.set(json, 8)
  return bytes
}

function readHeader(bytes: Uint8Array, fileName: string): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < 8) {
    throw damaged(fileName, `has ${bytes.length} bytes, too few for a safetensors file`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getBigUint64(0, true)
  if (length > BigInt(bytes.length - 8)) {
    throw damaged(fileName, `announces a header of ${length} bytes but has only ${bytes.length - 8} more, so it is cut short or no safetensors file`)
  }
  const dataStart = 8 + Number(length)
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)))
    return { header: z.record(z.string(), z.unknown()).parse(header), dataStart }
  } catch (cause) {
    throw damaged(fileName, 'has a header that is no JSON object', cause)
  }
}

function readEntries(header: Record<string, unknown>, fileName: string): Entry[] {
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => {
      const parsed = entrySchema.safeParse(value)
      if (!parsed.success) throw damaged(fileName, `describes tensor "${name}" without a proper dtype, shape and data_offsets`)
      return { name, ...parsed.data }
    })
}

/** Every extent inside the file, as long as its shape says, one after the other without overlap. */
function checkExtents(entries: Entry[], dataLength: number, fileName: string): void {
  let previous: Entry | null = null
  for (const entry of [...entries].sort((a, b) => a.data_offsets[0] - b.data_offsets[0])) {
    checkEntry(entry, dataLength, fileName)
    if (previous && entry.data_offsets[0] < previous.data_offsets[1]) {
      throw damaged(fileName, `stores tensors "${previous.name}" and "${entry.name}" in overlapping bytes`)
    }
    previous = entry
  }
}

function checkEntry({ name, dtype, shape, data_offsets: [start, end] }: Entry, dataLength: number, fileName: string): void {
  const size = Object.hasOwn(floatTypes, dtype) ? bytesPerFloat[floatTypes[dtype]!] : Object.hasOwn(otherBytes, dtype) ? otherBytes[dtype] : undefined
  if (size === undefined) {
    throw new ModelFileError(
      `${fileName} stores tensor "${name}" as ${dtype}; F32, F16, BF16 and F64 can be read. Convert the file to one of these.`,
    )
  }
  if (end > dataLength) {
    throw damaged(fileName, `ends after ${dataLength} bytes of values, but tensor "${name}" reaches to ${end}: it is cut short`)
  }
  const expected = elementCount(shape) * size
  if (end - start !== expected) {
    throw damaged(fileName, `gives tensor "${name}" ${end - start} bytes where its shape [${shape.join(', ')}] in ${dtype} needs ${expected}`)
  }
}

function readArray(bytes: Uint8Array, dataStart: number, { dtype, shape, data_offsets: [start] }: Entry): NamedArray {
  return { shape, data: floatsAt(bytes, dataStart + start, elementCount(shape), floatTypes[dtype]!) }
}

function damaged(fileName: string, what: string, cause?: unknown): ModelFileError {
  return new ModelFileError(`${fileName} ${what}. Fetch it again.`, { cause })
}
