import { crc32 } from 'node:zlib'

export interface ZipMember {
  name: string
  /** As they are stored. */
  bytes: Uint8Array
  /** 0 is stored, 8 deflated. */
  method?: number
  /** The unpacked length that is announced. */
  length?: number
  /** Of the unpacked bytes; that of the stored ones by default, 0 where they are packed. */
  checksum?: number
}

/** Write a zip archive, good or bad. */
export function zipOf(members: readonly ZipMember[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let position = 0
  for (const { name, bytes, method = 0, length = bytes.length, checksum = method === 0 ? crc32(bytes) : 0 } of members) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(checksum, 16)
    entry.writeUInt32LE(bytes.length, 20)
    entry.writeUInt32LE(length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(position, 42)
    parts.push(local, Buffer.from(name), Buffer.from(bytes))
    directory.push(entry, Buffer.from(name))
    position += 30 + name.length + bytes.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(position, 16)
  return Uint8Array.from(Buffer.concat([...parts, ...directory, end]))
}
