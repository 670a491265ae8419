import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { readZipMember } from '../../../src-main/weights/zipMember.ts'

const content = new TextEncoder().encode('weights '.repeat(20))

/** An archive of one member; fields that the reader does not look at stay 0. */
function archive(method: 0 | 8 | 9, name = 'folder/net.pth'): Uint8Array {
  const packed = method === 8 ? deflateRawSync(content) : content
  const nameBytes = new TextEncoder().encode(name)
  const local = 30 + nameBytes.length
  const directory = local + packed.length
  const file = new Uint8Array(directory + 46 + nameBytes.length + 22)
  const view = new DataView(file.buffer)
  view.setUint16(26, nameBytes.length, true)
  file.set(nameBytes, 30)
  file.set(packed, local)
  view.setUint32(directory, 0x02014b50, true)
  view.setUint16(directory + 10, method, true)
  view.setUint32(directory + 20, packed.length, true)
  view.setUint32(directory + 24, content.length, true)
  view.setUint16(directory + 28, nameBytes.length, true)
  file.set(nameBytes, directory + 46)
  const end = directory + 46 + nameBytes.length
  view.setUint32(end, 0x06054b50, true)
  view.setUint16(end + 10, 1, true)
  view.setUint32(end + 16, directory, true)
  return file
}

describe('readZipMember', () => {
  it.each([0, 8] as const)('reads a member packed by method %i', (method) => {
    expect([...readZipMember(archive(method), '.pth')]).toEqual([...content])
  })

  it.each<[string, Uint8Array, string]>([
    ['no archive', new Uint8Array(100), 'This is no zip archive, or it is cut short: its table of contents is missing. Fetch it again.'],
    ['an empty file', new Uint8Array(0), 'This is no zip archive, or it is cut short: its table of contents is missing. Fetch it again.'],
    ['a missing member', archive(0, 'readme'), 'The archive has no member whose name ends in ".pth". Choose another archive.'],
    ['another packing', archive(9), 'The archive packs this member by method 9; stored and deflate can be read. Unpack it first.'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readZipMember(bytes, '.pth')).toThrow(new ModelFileError(message))
  })
})
