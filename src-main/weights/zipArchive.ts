import { crc32, inflateRawSync } from 'node:zlib'
import { ModelFileError } from '../domain/errors.ts'
import { limits, unpackedLimit } from './limits.ts'

const endSignature = 0x06054b50
const end64Signature = 0x06064b50
const locator64Signature = 0x07064b50
const entrySignature = 0x02014b50
const endLength = 22
const entryLength = 46
const localLength = 30
const wide = 0xffffffff

/** A member as the table of contents states it. */
interface Entry {
  name: string
  method: number
  packedLength: number
  length: number
  start: number
  /** 0 where whoever wrote it took none, as PyTorch may. */
  checksum: number
}

export interface ZipArchive {
  /** Paths of the members, folders left out. */
  names: string[]
  /** A view of a stored member, or a deflated one unpacked. @throws ModelFileError when it is missing or damaged */
  read(name: string): Uint8Array
}

/**
 * Open a zip archive by its table of contents, also a large one (zip64).
 *
 * @throws ModelFileError when it is damaged, names a member twice, has members that share bytes, or would unpack to
 *         far more than a network of its size
 * @source PKWARE's APPNOTE, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3
 */
export function openZip(archive: Uint8Array): ZipArchive {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const entries = readEntries(archive, view)
  checkExtents(entries, archive.length)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  return {
    names: entries.map(({ name }) => name).filter((name) => !name.endsWith('/')),
    read(name) {
      const entry = byName.get(name)
      if (!entry) throw new ModelFileError(`The archive has no member "${name}". Choose another archive.`)
      return unpack(archive, entry)
    },
  }
}

function readEntries(archive: Uint8Array, view: DataView): Entry[] {
  const { count, start } = findDirectory(view)
  if (count > limits.entries) throw new ModelFileError(`The archive lists ${count} members; at most ${limits.entries} can be read. Do not trust this file.`)
  const entries = new Map<string, Entry>()
  let position = start
  for (let i = 0; i < count; i++) {
    const { entry, next } = readEntry(archive, view, position)
    if (entries.has(entry.name)) throw new ModelFileError(`The archive names member "${entry.name}" twice, so it cannot be told which one counts. Do not trust this file.`)
    entries.set(entry.name, entry)
    position = next
  }
  return [...entries.values()]
}

function findDirectory(view: DataView): { count: number; start: number } {
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (count !== 0xffff && start !== wide) return { count, start }
  const locator = end - 20
  if (locator < 0 || view.getUint32(locator, true) !== locator64Signature) return { count, start }
  const end64 = Number(view.getBigUint64(locator + 8, true))
  if (end64 + 56 > view.byteLength || view.getUint32(end64, true) !== end64Signature) throw cutShort()
  return { count: Number(view.getBigUint64(end64 + 32, true)), start: Number(view.getBigUint64(end64 + 48, true)) }
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - 0xffff); at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  throw cutShort()
}

function readEntry(archive: Uint8Array, view: DataView, at: number): { entry: Entry; next: number } {
  if (at + entryLength > archive.length || view.getUint32(at, true) !== entrySignature) throw cutShort()
  const nameEnd = at + entryLength + view.getUint16(at + 28, true)
  const extraEnd = nameEnd + view.getUint16(at + 30, true)
  if (extraEnd > archive.length) throw cutShort()
  const name = new TextDecoder().decode(archive.subarray(at + entryLength, nameEnd))
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw new ModelFileError(`The archive's member "${name}" is encrypted. Unpack it first.`)
  const sizes = [24, 20, 42].map((field) => view.getUint32(at + field, true))
  const [length, packedLength, local] = widen(sizes, view, nameEnd, extraEnd) as [number, number, number]
  const start = dataStart(view, local, name)
  return { entry: { name, method: view.getUint16(at + 10, true), packedLength, length, start, checksum: view.getUint32(at + 16, true) }, next: extraEnd + view.getUint16(at + 32, true) }
}

/** Sizes that do not fit into 32 bits follow in an extra field, in this order. */
function widen(sizes: number[], view: DataView, start: number, end: number): number[] {
  if (!sizes.includes(wide)) return sizes
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let next = at + 4
    return sizes.map((size) => {
      if (size !== wide || next + 8 > end) return size
      next += 8
      return Number(view.getBigUint64(next - 8, true))
    })
  }
  return sizes
}

/** After the local header, whose name and extra field have lengths of their own. */
function dataStart(view: DataView, local: number, name: string): number {
  if (!(local + localLength <= view.byteLength)) throw beyond(name)
  return local + localLength + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
}

/** Inside the archive, one after the other, and together no bomb. */
function checkExtents(entries: Entry[], fileLength: number): void {
  let end = 0
  let unpacked = 0
  for (const { name, method, start, packedLength, length } of [...entries].sort((a, b) => a.start - b.start)) {
    if (!(start + packedLength <= fileLength)) throw beyond(name)
    if (start < end && packedLength > 0) throw new ModelFileError(`The archive's member "${name}" shares bytes with another one. Do not trust this file.`)
    end = Math.max(end, start + packedLength)
    if (method !== 0) unpacked += length
  }
  if (unpacked > unpackedLimit(fileLength)) {
    throw new ModelFileError(`The archive's ${fileLength} bytes would unpack to ${unpacked}, more than a network's would. Do not trust this file.`)
  }
}

function unpack(archive: Uint8Array, { name, method, start, packedLength, length, checksum }: Entry): Uint8Array {
  const packed = archive.subarray(start, start + packedLength)
  if (method !== 0 && method !== 8) throw new ModelFileError(`The archive packs this member by method ${method}; stored and deflate can be read. Unpack it first.`)
  const bytes = method === 0 ? packed : inflate(packed, length, `The archive's member "${name}"`)
  if (bytes.length !== length) throw new ModelFileError(`The archive's member "${name}" has ${bytes.length} bytes where ${length} were expected. Fetch it again.`)
  if (checksum === 0 || crc32(bytes) === checksum) return bytes
  throw new ModelFileError(`The archive's member "${name}" does not have the checksum that the archive states: it is damaged. Fetch it again.`)
}

/** Never unpacks more than is announced. */
function inflate(packed: Uint8Array, length: number, what: string): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: length + 1 })
  } catch (cause) {
    throw new ModelFileError(`${what} is damaged, or unpacks to more than the ${length} bytes it announces. Fetch the file again.`, { cause })
  }
}

function beyond(name: string): ModelFileError {
  return new ModelFileError(`The archive is cut short: member "${name}" reaches beyond its end. Fetch it again.`)
}

function cutShort(): ModelFileError {
  return new ModelFileError('This is no zip archive, or it is cut short: its table of contents is missing. Fetch it again.')
}
