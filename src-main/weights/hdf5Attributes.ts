import { ModelFileError } from '../domain/errors.ts'
import { createByteReader } from './byteReader.ts'
import { messageTypes, readDatatype } from './hdf5Datasets.ts'
import { readAddress, readLength, readerAt, type Hdf5File, type Message } from './hdf5Objects.ts'

/** Read an attribute that holds one text; undefined where there is none. @source HDF5 File Format Specification 3.0, section IV.A.2.m */
export function readTextAttribute(file: Hdf5File, messages: readonly Message[], name: string): string | undefined {
  for (const { type, body } of messages) {
    if (type !== messageTypes.attribute) continue
    const attribute = takeApart(body)
    if (attribute.name === name) return textOf(file, attribute.datatype, attribute.data)
  }
  return undefined
}

function takeApart(body: Uint8Array): { name: string; datatype: Uint8Array; data: Uint8Array } {
  const reader = createByteReader(body, 'The HDF5 file')
  const version = reader.byte()
  reader.byte()
  const lengths = [reader.littleEndian(2), reader.littleEndian(2), reader.littleEndian(2)]
  if (version === 3) reader.byte()
  const padded = lengths.map((length) => (version === 1 ? 8 * Math.ceil(length / 8) : length))
  const [name, datatype] = padded.map((length) => reader.bytes(length)) as [Uint8Array, Uint8Array]
  return { name: textUpToZero(name), datatype, data: reader.bytes(reader.left()) }
}

function textOf(file: Hdf5File, datatype: Uint8Array, data: Uint8Array): string | undefined {
  const type = readDatatype(datatype)
  if (type.class === 3) return textUpToZero(data.subarray(0, type.size))
  if (type.class !== 9) return undefined
  const reader = createByteReader(data, 'The HDF5 file')
  const length = reader.littleEndian(4)
  const collection = readAddress(reader, file)
  return new TextDecoder().decode(heapObject(file, collection, reader.littleEndian(4)).subarray(0, length))
}

/** Texts of variable length lie in a global heap. */
function heapObject(file: Hdf5File, address: number, wanted: number): Uint8Array {
  const reader = readerAt(file, address, 'GCOL')
  reader.bytes(4)
  readLength(reader, file)
  for (;;) {
    file.visit()
    const index = reader.littleEndian(2)
    reader.bytes(6)
    const length = readLength(reader, file)
    if (index === wanted && index > 0) return reader.bytes(length)
    if (index === 0) throw new ModelFileError('The HDF5 file is damaged: a text is not where the file says. Fetch it again.')
    reader.bytes(8 * Math.ceil(length / 8))
  }
}

function textUpToZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}
