import { ModelFileError } from '../domain/errors.ts'
import { createByteReader, type ByteReader } from './byteReader.ts'
import { crc32c, maskCrc } from './crc32c.ts'
import { limits } from './limits.ts'
import { unpackSnappy } from './snappy.ts'

const footerLength = 48
const magic = Uint8Array.of(0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb)
/** After each block: how it is packed (one byte), then a checksum. */
const trailerLength = 5

/** Where a block lies. */
interface Extent {
  offset: number
  size: number
}

/**
 * Read a sorted table as LevelDB writes them: all its keys and values, in order.
 *
 * @param what  for messages: "The checkpoint's index", …
 * @throws ModelFileError when it is another kind of file, cut short, or a checksum differs
 * @source google/leveldb, doc/table_format.md
 */
export function readSortedTable(file: Uint8Array, what: string): Map<string, Uint8Array> {
  if (file.length > limits.descriptionBytes) throw new ModelFileError(`${what} has ${file.length} bytes, far more than a list of names needs. Choose the file whose name ends in .index.`)
  const entries = new Map<string, Uint8Array>()
  let read = 0
  for (const [, place] of readBlock(file, indexExtent(file, what), what)) {
    const extent = readExtent(createByteReader(place, what))
    read += extent.size + trailerLength
    if (read > file.length) throw new ModelFileError(`${what} is damaged: it names the same block again and again. Fetch the file again.`)
    const block = readBlock(file, extent, what)
    for (const [key, value] of block) entries.set(key, value)
  }
  return entries
}

/** The footer: extents of the block of metadata, which is not needed, and of the index block; zeros; the magic number. */
function indexExtent(file: Uint8Array, what: string): Extent {
  const footer = file.subarray(-footerLength)
  if (file.length < footerLength || !magic.every((byte, i) => footer[footerLength - 8 + i] === byte)) {
    throw new ModelFileError(`${what} does not end as a table of TensorFlow does, so it is another kind of file or cut short. Choose the file whose name ends in .index.`)
  }
  const reader = createByteReader(footer, what)
  readExtent(reader)
  return readExtent(reader)
}

function readExtent(reader: ByteReader): Extent {
  return { offset: reader.varint(), size: reader.varint() }
}

function readBlock(file: Uint8Array, { offset, size }: Extent, what: string): [string, Uint8Array][] {
  if (offset + size + trailerLength > file.length) {
    throw new ModelFileError(`${what} is damaged: a block reaches to byte ${offset + size + trailerLength} of ${file.length}. Fetch the file again.`)
  }
  const packing = file[offset + size]!
  const stored = createByteReader(file.subarray(offset + size + 1), what).littleEndian(4)
  if (maskCrc(crc32c(file.subarray(offset, offset + size + 1))) !== stored) {
    throw new ModelFileError(`${what} is damaged: the checksum of its block at byte ${offset} differs. Fetch the file again.`)
  }
  if (packing > 1) throw new ModelFileError(`${what} packs a block by method ${packing}; none and snappy can be read. Save the checkpoint again with one of these.`)
  const block = file.subarray(offset, offset + size)
  return entriesOf(packing === 1 ? unpackSnappy(block) : block, what)
}

/** Entries share the beginning of their key with the one before; after them come places to start reading from, and their count. */
function entriesOf(block: Uint8Array, what: string): [string, Uint8Array][] {
  const restarts = createByteReader(block.subarray(-4), what).littleEndian(4)
  const end = block.length - 4 * (restarts + 1)
  if (end < 0) throw new ModelFileError(`${what} is damaged: a block lists ${restarts} places, more than it can hold. Fetch the file again.`)
  const reader = createByteReader(block.subarray(0, end), what)
  const entries: [string, Uint8Array][] = []
  let key: Uint8Array = new Uint8Array()
  let keyBytes = 0
  while (reader.left() > 0) {
    const shared = reader.varint()
    const own = reader.varint()
    const length = reader.varint()
    keyBytes += shared + own
    // Shared beginnings are a packing too, and one that could be used to fill the memory.
    if (shared > key.length || shared + own > limits.nameLength || keyBytes > limits.descriptionBytes) throw new ModelFileError(`${what} is damaged: it has a name of ${shared + own} characters. Fetch the file again.`)
    key = Buffer.concat([key.subarray(0, shared), reader.bytes(own)])
    entries.push([new TextDecoder().decode(key), reader.bytes(length)])
  }
  return entries
}
