import { ModelFileError } from '../domain/errors.ts'
import { createByteReader } from './byteReader.ts'
import { readAddress, readLength, readerAt, undefinedAddress, type Hdf5File, type Message } from './hdf5Objects.ts'
import { limits } from './limits.ts'

/** A name in a group, and the address of its object. */
export interface Link {
  name: string
  address: number
}

const linkInfo = 0x02
const link = 0x06
const symbolTable = 0x11

/** List a group's hard links; other objects have none. @source HDF5 File Format Specification 3.0, sections III and IV.A.2 */
export function readLinks(file: Hdf5File, messages: readonly Message[]): Link[] {
  return messages.flatMap(({ type, body }) => {
    if (type === symbolTable) return readSymbolTable(file, body)
    if (type === link) return readLink(file, body)
    if (type === linkInfo) refuseDense(file, body)
    return []
  })
}

function readSymbolTable(file: Hdf5File, body: Uint8Array): Link[] {
  const reader = createByteReader(body, 'The HDF5 file')
  const tree = readAddress(reader, file)
  const names = readLocalHeap(file, readAddress(reader, file))
  return readTree(file, tree, 0, (child) => readSymbols(file, child, names))
}

function readLocalHeap(file: Hdf5File, address: number): Uint8Array {
  const reader = readerAt(file, address, 'HEAP')
  reader.bytes(4)
  const length = readLength(reader, file)
  readLength(reader, file)
  return readerAt(file, readAddress(reader, file)).bytes(length)
}

/** Walk a B-tree of version 1 of a group: keys say nothing that its leaves do not. */
function readTree(file: Hdf5File, address: number, depth: number, leaf: (child: number) => Link[]): Link[] {
  if (depth > limits.depth) throw new ModelFileError('The HDF5 file has a tree that is too deep, or points in circles. Do not trust this file.')
  const reader = readerAt(file, address, 'TREE')
  reader.byte()
  const level = reader.byte()
  const count = reader.littleEndian(2)
  reader.bytes(2 * file.offsetSize)
  const links: Link[] = []
  for (let i = 0; i < count; i++) {
    reader.bytes(file.lengthSize)
    const child = readAddress(reader, file)
    for (const found of level === 0 ? leaf(child) : readTree(file, child, depth + 1, leaf)) links.push(found)
  }
  return links
}

function readSymbols(file: Hdf5File, address: number, names: Uint8Array): Link[] {
  const reader = readerAt(file, address, 'SNOD')
  reader.bytes(2)
  return Array.from({ length: reader.littleEndian(2) }, () => {
    file.visit()
    const name = textAt(names, readAddress(reader, file))
    const target = readAddress(reader, file)
    reader.bytes(24)
    return { name, address: target }
  })
}

/** A text that a zero ends. */
function textAt(bytes: Uint8Array, start: number): string {
  const end = bytes.indexOf(0, start)
  if (start < bytes.length && end >= 0 && end - start <= limits.nameLength) return new TextDecoder().decode(bytes.subarray(start, end))
  throw new ModelFileError('The HDF5 file is damaged: a name lies outside its list of names. Fetch it again.')
}

function readLink(file: Hdf5File, body: Uint8Array): Link[] {
  const reader = createByteReader(body, 'The HDF5 file')
  reader.byte()
  const flags = reader.byte()
  const type = flags & 8 ? reader.byte() : 0
  if (flags & 4) reader.bytes(8)
  if (flags & 0x10) reader.byte()
  const name = new TextDecoder().decode(reader.bytes(reader.littleEndian(1 << (flags & 3))))
  return type === 0 ? [{ name, address: readAddress(reader, file) }] : []
}

function refuseDense(file: Hdf5File, body: Uint8Array): void {
  const reader = createByteReader(body, 'The HDF5 file')
  reader.byte()
  if (reader.byte() & 1) reader.bytes(8)
  if (readAddress(reader, file) === undefinedAddress) return
  throw new ModelFileError('The HDF5 file keeps the names of a large group in the newer form, which cannot be read. Save it again with h5py.File(name, "w", libver="earliest"), or as .keras or safetensors.')
}
