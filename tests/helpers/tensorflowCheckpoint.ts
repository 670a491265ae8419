import { crc32c, maskCrc } from '../../src-main/weights/crc32c.ts'

/** Writes tiny TensorFlow checkpoints of format V2, good and bad, for tests. */

export interface VariableEntry {
  name: string
  shape: number[]
  values: number[]
  /** DataType; 1 (float32) by default, 9 is int64. */
  type?: number
  /** More fields of the entry, as bytes. */
  extra?: number[]
}

export interface CheckpointOptions {
  shards?: number
  bigEndian?: boolean
  /** How the block of entries is packed; it is stored as it is whatever this says, unless `pack` packs it. */
  packing?: number
  pack?: (block: number[]) => number[]
}

/** Index and one data file. */
export function tensorflowCheckpoint(variables: VariableEntry[], options: CheckpointOptions = {}): { index: Uint8Array; data: Uint8Array } {
  const data: number[] = []
  const entries: [string, number[]][] = [['', [...field(1, options.shards ?? 1), ...(options.bigEndian ? field(2, 1) : [])]]]
  for (const variable of variables) {
    const values = [...new Uint8Array(Float32Array.from(variable.values).buffer)]
    entries.push([variable.name, entryOf(variable, data.length, values)])
    data.push(...values)
  }
  return { index: sortedTable(entries, options), data: Uint8Array.from(data) }
}

/** A table of one block. Keys share their beginnings, as LevelDB writes them. */
export function sortedTable(entries: [string, number[]][], { packing = 0, pack = (block) => block }: CheckpointOptions = {}): Uint8Array {
  const content = pack(block(entries))
  const entriesEnd = content.length + 5
  const index = block([['~', [...varint(0), ...varint(content.length)]]])
  const handles = [...varint(0), ...varint(0), ...varint(entriesEnd), ...varint(index.length)]
  const footer = [...handles, ...Array<number>(40 - handles.length).fill(0), 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]
  return Uint8Array.from([...withTrailer(content, packing), ...withTrailer(index, 0), ...footer])
}

function entryOf({ shape, type = 1, extra = [] }: VariableEntry, offset: number, values: number[]): number[] {
  const dimensions = shape.flatMap((size) => inner(2, field(1, size)))
  const checksum = maskCrc(crc32c(Uint8Array.from(values)))
  return [...field(1, type), ...inner(2, dimensions), ...(offset ? field(4, offset) : []), ...field(5, values.length), 0x35, ...uint32(checksum), ...extra]
}

function block(entries: [string, number[]][]): number[] {
  let before = ''
  const bytes = entries.flatMap(([key, value]) => {
    let shared = 0
    while (shared < Math.min(key.length, before.length) && key[shared] === before[shared]) shared++
    before = key
    const own = [...new TextEncoder().encode(key.slice(shared))]
    return [...varint(shared), ...varint(own.length), ...varint(value.length), ...own, ...value]
  })
  return [...bytes, ...uint32(0), ...uint32(1)]
}

function withTrailer(content: number[], packing: number): number[] {
  const bytes = [...content, packing]
  return [...bytes, ...uint32(maskCrc(crc32c(Uint8Array.from(bytes))))]
}

export function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}

function field(number: number, value: number): number[] {
  return [number * 8, ...varint(value)]
}

function inner(number: number, message: number[]): number[] {
  return [number * 8 + 2, ...varint(message.length), ...message]
}

function uint32(value: number): number[] {
  return [...new Uint8Array(Uint32Array.of(value).buffer)]
}
