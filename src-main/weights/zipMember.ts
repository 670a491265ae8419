import { inflateRawSync } from 'node:zlib'
import { ModelFileError } from '../domain/errors.ts'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const endLength = 22
const entryLength = 46
const localLength = 30

/**
 * Read one member of a zip archive (a Python wheel is one), stored or deflated. Archives beyond 4 GB are not read.
 *
 * @param suffix  how the member's path ends
 * @throws ModelFileError when the archive is damaged or has no such member
 * @source PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function readZipMember(archive: Uint8Array, suffix: string): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let position = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (position + entryLength > archive.length || view.getUint32(position, true) !== entrySignature) break
    const nameLength = view.getUint16(position + 28, true)
    const name = new TextDecoder().decode(archive.subarray(position + entryLength, position + entryLength + nameLength))
    if (name.endsWith(suffix)) return extract(archive, view, position)
    position += entryLength + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true)
  }
  throw new ModelFileError(`The archive has no member whose name ends in "${suffix}". Choose another archive.`)
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - 0xffff); at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  throw new ModelFileError('This is no zip archive, or it is cut short: its table of contents is missing. Fetch it again.')
}

function extract(archive: Uint8Array, view: DataView, entry: number): Uint8Array {
  const method = view.getUint16(entry + 10, true)
  const compressedLength = view.getUint32(entry + 20, true)
  const length = view.getUint32(entry + 24, true)
  const local = view.getUint32(entry + 42, true)
  const start = local + localLength + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const compressed = archive.subarray(start, start + compressedLength)
  if (method === 0) return compressed
  if (method !== 8) throw new ModelFileError(`The archive packs this member by method ${method}; stored and deflate can be read. Unpack it first.`)
  const bytes = inflateRawSync(compressed)
  if (bytes.length !== length) throw new ModelFileError(`The archive's member has ${bytes.length} bytes where ${length} were expected. Fetch it again.`)
  return bytes
}
