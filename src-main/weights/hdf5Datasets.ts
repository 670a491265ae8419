import { inflateSync } from 'node:zlib'
import { ModelFileError } from '../domain/errors.ts'
import type { NamedArray } from '../domain/weights.ts'
import { checkedCount } from './arrayShape.ts'
import { createByteReader, type ByteReader } from './byteReader.ts'
import { readAddress, readLength, readerAt, undefinedAddress, type Hdf5File, type Message } from './hdf5Objects.ts'
import { limits } from './limits.ts'
import { floatsAt, swappedBytes, type FloatType } from './numberTypes.ts'

export const messageTypes = { dataspace: 0x01, datatype: 0x03, layout: 0x08, filters: 0x0b, attribute: 0x0c } as const

/** A number type of HDF5: class 1 is floating point, 0 whole numbers, 3 text, 9 of variable length. */
export interface Datatype {
  class: number
  size: number
  bigEndian: boolean
  float?: FloatType
}

/** @source HDF5 File Format Specification 3.0, section IV.A.2.d */
export function readDatatype(body: Uint8Array): Datatype {
  const reader = createByteReader(body, 'The HDF5 file')
  const kind = reader.byte() & 15
  const bits = reader.bytes(3)
  const size = reader.littleEndian(4)
  const float = kind === 1 ? floatTypeOf(size, reader) : undefined
  return { class: kind, size, bigEndian: kind === 1 && (bits[0]! & 1) === 1, ...(float ? { float } : {}) }
}

function floatTypeOf(size: number, reader: ByteReader): FloatType | undefined {
  const exponentBits = reader.bytes(6)[5]
  const types: Record<string, FloatType> = { '2/5': 'float16', '2/8': 'bfloat16', '4/8': 'float32', '8/11': 'float64' }
  return types[`${size}/${exponentBits}`]
}

/** The shape of an array; null where it has no values at all. */
export function readDataspace(file: Hdf5File, body: Uint8Array): number[] | null {
  const reader = createByteReader(body, 'The HDF5 file')
  const version = reader.byte()
  const rank = reader.byte()
  reader.byte()
  if (reader.byte() === 2 && version === 2) return null
  if (version === 1) reader.bytes(4)
  return Array.from({ length: rank }, () => readLength(reader, file))
}

/** How many bytes arrays that the file does not hold as they are may still take. */
export interface Budget {
  left: number
}

/**
 * Read an array of floating-point numbers, however it is laid out.
 *
 * @returns a view of the file where it lies there as float32 in one aligned piece, else a copy
 * @throws ModelFileError when it reaches beyond the file, or unpacks to far more than the file holds
 */
export function readFloats(file: Hdf5File, name: string, shape: number[], type: Datatype & { float: FloatType }, messages: readonly Message[], budget: Budget): NamedArray {
  const count = checkedCount(shape, `The array "${name}"`)
  const raw = readRaw(file, { name, shape, length: count * type.size, size: type.size }, messages, budget)
  const bytes = type.bigEndian ? swappedBytes(raw, type.size) : raw
  return { shape, data: floatsAt(bytes, 0, count, type.float) }
}

interface Wanted {
  name: string
  shape: number[]
  /** Bytes of the whole and of one value. */
  length: number
  size: number
}

function readRaw(file: Hdf5File, wanted: Wanted, messages: readonly Message[], budget: Budget): Uint8Array {
  const layout = messages.find(({ type }) => type === messageTypes.layout)
  if (!layout) throw damaged(wanted.name, 'has no place in the file')
  const reader = createByteReader(layout.body, 'The HDF5 file')
  const version = reader.byte()
  const kind = reader.byte()
  if (version === 3 || (version === 4 && kind < 2)) {
    if (kind === 0) return exactly(wanted, reader.bytes(reader.littleEndian(2)))
    if (kind === 1) return readContiguous(file, wanted, readAddress(reader, file), budget)
    if (kind === 2) return readChunks(file, wanted, reader, readFilters(messages), budget)
  }
  throw new ModelFileError(`The HDF5 file lays array "${wanted.name}" out in a newer or older way (layout ${version}, class ${kind}), which cannot be read. Save it again with h5py.`)
}

function exactly({ name, length }: Wanted, bytes: Uint8Array): Uint8Array {
  if (bytes.length === length) return bytes
  throw damaged(name, `has ${bytes.length} bytes where its shape needs ${length}`)
}

function readContiguous(file: Hdf5File, wanted: Wanted, address: number, budget: Budget): Uint8Array {
  if (address === undefinedAddress || wanted.length === 0) return allocate(wanted, budget)
  if (address + wanted.length <= file.bytes.length) return file.bytes.subarray(address, address + wanted.length)
  throw damaged(wanted.name, `reaches to byte ${address + wanted.length} of ${file.bytes.length}`)
}

/** @throws ModelFileError when the arrays together take far more than the file */
function allocate({ name, length }: Wanted, budget: Budget): Uint8Array {
  budget.left -= length
  if (budget.left >= 0) return new Uint8Array(length)
  throw new ModelFileError(`The HDF5 file's array "${name}" would unpack to ${length} bytes, more than a file of this size would hold. Do not trust this file.`)
}

interface Filter {
  id: number
}

function readFilters(messages: readonly Message[]): Filter[] {
  const message = messages.find(({ type }) => type === messageTypes.filters)
  if (!message) return []
  const reader = createByteReader(message.body, 'The HDF5 file')
  const version = reader.byte()
  const count = reader.byte()
  if (version === 1) reader.bytes(6)
  return Array.from({ length: count }, () => readFilter(reader, version))
}

function readFilter(reader: ByteReader, version: number): Filter {
  const id = reader.littleEndian(2)
  const nameLength = version === 1 || id >= 256 ? reader.littleEndian(2) : 0
  reader.bytes(2)
  const values = reader.littleEndian(2)
  reader.bytes(nameLength + 4 * values + (version === 1 && values % 2 === 1 ? 4 : 0))
  return { id }
}

function readChunks(file: Hdf5File, wanted: Wanted, reader: ByteReader, filters: Filter[], budget: Budget): Uint8Array {
  const rank = reader.byte() - 1
  const tree = readAddress(reader, file)
  const chunk = Array.from({ length: rank }, () => reader.littleEndian(4))
  const target = allocate(wanted, budget)
  const chunkLength = checkedCount(chunk, `A piece of the array "${wanted.name}"`) * wanted.size
  if (rank !== wanted.shape.length || rank === 0) throw damaged(wanted.name, 'is cut into pieces of another shape')
  if (tree === undefinedAddress) return target
  walkChunks(file, tree, rank, 0, (place, stored) => {
    allocationOf(chunkLength, wanted, budget)
    const bytes = exactly({ ...wanted, length: chunkLength }, unpack(stored, filters, chunkLength, wanted))
    putChunk(target, bytes, wanted, chunk, place)
  })
  return target
}

/** Pieces are unpacked one by one, but a file may name the same one again and again. */
function allocationOf(length: number, wanted: Wanted, budget: Budget): void {
  budget.left -= length
  if (budget.left < 0) throw new ModelFileError(`The HDF5 file's array "${wanted.name}" would unpack to more than a file of this size would hold. Do not trust this file.`)
}

/** A B-tree of version 1 of pieces: each key states the packed length and the place in the array. */
function walkChunks(file: Hdf5File, address: number, rank: number, depth: number, put: (place: number[], stored: Uint8Array) => void): void {
  if (depth > limits.depth) throw new ModelFileError('The HDF5 file has a tree that is too deep, or points in circles. Do not trust this file.')
  const reader = readerAt(file, address, 'TREE')
  reader.byte()
  const level = reader.byte()
  const count = reader.littleEndian(2)
  reader.bytes(2 * file.offsetSize)
  for (let i = 0; i < count; i++) {
    const length = reader.littleEndian(4)
    reader.bytes(4)
    const place = Array.from({ length: rank }, () => reader.littleEndian(8))
    reader.bytes(8)
    const child = readAddress(reader, file)
    if (level > 0) walkChunks(file, child, rank, depth + 1, put)
    else put(place, readerAt(file, child).bytes(length))
  }
}

/** Filters are undone in the reverse of their order. */
function unpack(stored: Uint8Array, filters: Filter[], length: number, { name, size }: Wanted): Uint8Array {
  let bytes = stored
  for (const { id } of [...filters].reverse()) {
    if (id === 1) bytes = inflate(bytes, length + 4, name)
    else if (id === 2) bytes = unshuffle(bytes, size)
    else if (id === 3) bytes = bytes.subarray(0, -4)
    else throw new ModelFileError(`The HDF5 file packs array "${name}" by filter ${id}; gzip, shuffle and fletcher32 can be read. Save it again without compression.`)
  }
  return bytes
}

function inflate(bytes: Uint8Array, length: number, name: string): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, length) })
  } catch (cause) {
    throw new ModelFileError(`The HDF5 file's array "${name}" is damaged: a piece of it does not unpack. Fetch the file again.`, { cause })
  }
}

/** First bytes of all values lie first, then all second bytes, and so on. */
function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length)
  const count = Math.floor(bytes.length / size)
  for (let i = 0; i < count; i++) for (let byte = 0; byte < size; byte++) result[i * size + byte] = bytes[byte * count + i]!
  return result
}

/** Copy the rows of a piece that lie inside the array; pieces at its edges reach beyond. */
function putChunk(target: Uint8Array, bytes: Uint8Array, { name, shape, size }: Wanted, chunk: number[], place: number[]): void {
  if (!place.every((at, axis) => at < shape[axis]!)) throw damaged(name, 'has a piece outside its shape')
  const last = shape.length - 1
  const rowBytes = Math.min(chunk[last]!, shape[last]! - place[last]!) * size
  const rows = chunk.slice(0, last).reduce((a, b) => a * b, 1)
  for (let row = 0; row < rows; row++) {
    let rest = row
    let at = place[last]!
    let stride = shape[last]!
    let inside = true
    for (let axis = last - 1; axis >= 0; axis--) {
      const index = place[axis]! + (rest % chunk[axis]!)
      inside &&= index < shape[axis]!
      rest = Math.floor(rest / chunk[axis]!)
      at += index * stride
      stride *= shape[axis]!
    }
    const from = row * chunk[last]! * size
    if (inside) target.set(bytes.subarray(from, from + rowBytes), at * size)
  }
}

function damaged(name: string, what: string): ModelFileError {
  return new ModelFileError(`The HDF5 file's array "${name}" ${what}. It is damaged; fetch it again.`)
}
