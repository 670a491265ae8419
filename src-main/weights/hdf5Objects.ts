import { ModelFileError } from '../domain/errors.ts'
import { createByteReader, type ByteReader } from './byteReader.ts'
import { limits } from './limits.ts'

/** Where an undefined address points. */
export const undefinedAddress = Infinity

/** An open HDF5 file: bytes, and how wide its addresses and lengths are. */
export interface Hdf5File {
  bytes: Uint8Array
  /** Where address 0 lies. */
  base: number
  offsetSize: number
  lengthSize: number
  /** Counts the blocks that were visited, so that a file which points in circles ends. */
  visit(): void
}

/** A message of an object header. */
export interface Message {
  type: number
  body: Uint8Array
}

const signature = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a)

export function isHdf5(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/**
 * Open a file by its superblock.
 *
 * @returns the file, and the address of the root group's object header
 * @source HDF5 File Format Specification 3.0, section II.A
 */
export function openHdf5(bytes: Uint8Array): { file: Hdf5File; root: number } {
  const reader = createByteReader(bytes, 'The HDF5 file')
  reader.bytes(8)
  const version = reader.byte()
  if (version > 3) throw new ModelFileError(`The HDF5 file has a superblock of version ${version}; 0 to 3 can be read. Save it again with h5py.`)
  if (version <= 1) reader.bytes(4)
  const sizes = reader.bytes(2)
  const offsetSize = sizes[0]!
  const lengthSize = sizes[1]!
  if (![4, 8].includes(offsetSize) || ![4, 8].includes(lengthSize)) throw new ModelFileError(`The HDF5 file has addresses of ${offsetSize} and lengths of ${lengthSize} bytes; 4 or 8 are expected. It is damaged; fetch it again.`)
  let visits = 0
  const visit = () => {
    if (++visits > 4 * limits.entries) throw new ModelFileError('The HDF5 file has more parts than a network needs, or they point in circles. Do not trust this file.')
  }
  const file: Hdf5File = { bytes, base: 0, offsetSize, lengthSize, visit }
  reader.bytes([9, 13, 1, 1][version]!)
  file.base = readAddress(reader, file)
  if (file.base !== 0) throw new ModelFileError('The HDF5 file has a user block before it, which cannot be read. Save it again with h5py.')
  reader.bytes(2 * offsetSize)
  if (version <= 1) reader.bytes(2 * offsetSize)
  return { file, root: readAddress(reader, file) }
}

/** An address, or Infinity where it is undefined (all ones). */
export function readAddress(reader: ByteReader, { offsetSize }: Hdf5File): number {
  const bytes = reader.bytes(offsetSize)
  return bytes.every((byte) => byte === 0xff) ? undefinedAddress : createByteReader(bytes, 'The HDF5 file').littleEndian(offsetSize)
}

/** The same for a length; all ones stand for "no limit". */
export function readLength(reader: ByteReader, { lengthSize }: Hdf5File): number {
  const bytes = reader.bytes(lengthSize)
  return bytes.every((byte) => byte === 0xff) ? Infinity : createByteReader(bytes, 'The HDF5 file').littleEndian(lengthSize)
}

/** Read from an address on; with `expected`, past the four letters that must stand there. */
export function readerAt(file: Hdf5File, address: number, expected?: string): ByteReader {
  file.visit()
  if (!(address <= file.bytes.length)) throw new ModelFileError(`The HDF5 file points to byte ${address} of ${file.bytes.length}: it is cut short or damaged. Fetch it again.`)
  const reader = createByteReader(file.bytes.subarray(address), 'The HDF5 file')
  if (expected === undefined) return reader
  const found = String.fromCharCode(...reader.bytes(4))
  if (found !== expected) throw new ModelFileError(`The HDF5 file is damaged: "${expected}" is expected at byte ${address}. Fetch it again.`)
  return reader
}

/** Read the messages of the object at an address. @source section IV.A */
export function readMessages(file: Hdf5File, address: number): Message[] {
  const first = readerAt(file, address)
  const version = first.byte()
  const messages = version === 1 ? readVersion1(file, first) : version === 0x4f ? readVersion2(file, address) : undefined
  if (!messages) throw new ModelFileError(`The HDF5 file is damaged: no object begins at byte ${address}. Fetch it again.`)
  return messages
}

const continuation = 0x10

function readVersion1(file: Hdf5File, first: ByteReader): Message[] {
  first.bytes(7)
  const length = first.littleEndian(4)
  first.bytes(4)
  const blocks = [first.bytes(length)]
  const messages: Message[] = []
  for (const block of blocks) {
    const reader = createByteReader(block, 'The HDF5 file')
    while (reader.left() >= 8) {
      const type = reader.littleEndian(2)
      const size = reader.littleEndian(2)
      const flags = reader.bytes(4)[0]!
      addMessage(file, messages, blocks, { type, body: reader.bytes(size) }, flags, 0)
    }
  }
  return messages
}

function readVersion2(file: Hdf5File, address: number): Message[] {
  const first = readerAt(file, address, 'OHDR')
  first.byte()
  const flags = first.byte()
  if (flags & 0x20) first.bytes(16)
  if (flags & 0x10) first.bytes(4)
  const blocks = [first.bytes(first.littleEndian(1 << (flags & 3)))]
  const messages: Message[] = []
  for (const block of blocks) {
    const reader = createByteReader(block, 'The HDF5 file')
    const headerLength = flags & 4 ? 6 : 4
    while (reader.left() >= headerLength) {
      const type = reader.byte()
      const size = reader.littleEndian(2)
      const messageFlags = reader.byte()
      reader.bytes(headerLength - 4)
      addMessage(file, messages, blocks, { type, body: reader.bytes(size) }, messageFlags, 4)
    }
  }
  return messages
}

/** A continuation adds its block to those still to be read; in version 2 that has a signature and a checksum around it. */
function addMessage(file: Hdf5File, messages: Message[], blocks: Uint8Array[], message: Message, flags: number, frame: number): void {
  file.visit()
  if (message.type !== continuation) {
    if (flags & 2) throw new ModelFileError('The HDF5 file shares descriptions between objects, which cannot be read. Save it again with h5py.')
    messages.push(message)
    return
  }
  const reader = createByteReader(message.body, 'The HDF5 file')
  const address = readAddress(reader, file)
  const length = readLength(reader, file)
  blocks.push(readerAt(file, address, frame ? 'OCHK' : undefined).bytes(length - 2 * frame))
}
