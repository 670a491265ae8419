import { ModelFileError } from '../domain/errors.ts'
import type { NamedArray, NamedArrays } from '../domain/weights.ts'
import { elementCount } from './arrayShape.ts'
import { crc32c, maskCrc } from './crc32c.ts'
import { float32At } from './float32At.ts'
import { messageField, numberField, readMessage, type MessageFields } from './protocolBuffer.ts'
import { readSortedTable } from './sortedTable.ts'

/** Fields of BundleHeaderProto and BundleEntryProto. @source tensorflow/core/protobuf/tensor_bundle.proto */
const header = { shards: 1, endianness: 2 } as const
const entry = { type: 1, shape: 2, shard: 3, offset: 4, size: 5, checksum: 6, slices: 7 } as const
/** Fields of TensorShapeProto and of its dimensions. */
const shapeDimensions = 2
const dimensionSize = 1
/** DT_FLOAT. @source tensorflow/core/framework/types.proto */
const float32Type = 1

/** One variable as the index describes it. */
interface Variable {
  name: string
  shape: number[]
  shard: number
  offset: number
  size: number
  checksum: number
}

/**
 * Read a TensorFlow checkpoint of format V2: every float32 variable.
 * Variables of other types (step counters, the graph of objects) are no weights and are left out.
 *
 * @param index   the file whose name ends in .index
 * @param shards  the files whose names hold .data-, in order
 * @returns variables in the order of the index (by name), views of the shards where aligned, row-major; kernels of
 *          convolutions are [height, width, in, out]
 * @throws ModelFileError when a file is of another kind, cut short, damaged or missing
 * @source tensorflow/core/util/tensor_bundle
 */
export function readTensorflowCheckpoint(index: Uint8Array, shards: readonly Uint8Array[]): NamedArrays {
  const table = readSortedTable(index, "The checkpoint's index")
  checkHeader(table.get(''), shards)
  const variables = [...table]
    .filter(([name]) => name !== '')
    .map(([name, bytes]) => ({ name, fields: readMessage(bytes, entryOf(name)) }))
    .filter(({ fields }) => numberField(fields, entry.type) === float32Type)
    .map(({ name, fields }) => variableOf(name, fields))
  checkOverlap(variables)
  return new Map(variables.map((variable) => [variable.name, readArray(variable, shards)]))
}

/** How many data files belong to an index. @throws ModelFileError when it is no index */
export function countShards(index: Uint8Array): number {
  const entryWithoutName = readSortedTable(index, "The checkpoint's index").get('')
  const count = entryWithoutName ? numberField(readMessage(entryWithoutName, "The header of the checkpoint's index"), header.shards) : NaN
  if (count >= 1 && count <= 1000) return count
  throw new ModelFileError("The checkpoint's index has no proper header, so it belongs to no TensorFlow checkpoint. Choose the file whose name ends in .index.")
}

/** The entry without a name: number of shards, byte order. */
function checkHeader(bytes: Uint8Array | undefined, shards: readonly Uint8Array[]): void {
  if (!bytes) throw new ModelFileError("The checkpoint's index has no header, so it belongs to no TensorFlow checkpoint. Choose the file whose name ends in .index.")
  const fields = readMessage(bytes, "The header of the checkpoint's index")
  const expected = numberField(fields, header.shards)
  if (expected !== shards.length) {
    throw new ModelFileError(`The checkpoint has ${expected} data files, and ${shards.length} were given. Give all files whose names hold ".data-", in order.`)
  }
  if (numberField(fields, header.endianness) !== 0) {
    throw new ModelFileError('This checkpoint was written on a big-endian machine, which cannot be read. Save it again on a little-endian one.')
  }
}

function variableOf(name: string, fields: MessageFields): Variable {
  if (fields.has(entry.slices)) {
    throw new ModelFileError(`The checkpoint stores variable "${name}" in slices, which cannot be read. Save it again without partitioned variables.`)
  }
  const [shape] = messageField(fields, entry.shape, entryOf(name))
  return {
    name,
    shape: shape ? messageField(shape, shapeDimensions, entryOf(name)).map((dimension) => numberField(dimension, dimensionSize)) : [],
    shard: numberField(fields, entry.shard),
    offset: numberField(fields, entry.offset),
    size: numberField(fields, entry.size),
    checksum: numberField(fields, entry.checksum),
  }
}

/** Else a small file could claim the same bytes as a thousand variables, and keep the checksums busy for hours. */
function checkOverlap(variables: Variable[]): void {
  const sorted = [...variables].sort((a, b) => a.shard - b.shard || a.offset - b.offset)
  sorted.forEach((variable, i) => {
    const before = sorted[i - 1]
    if (!before || before.shard !== variable.shard || before.offset + before.size <= variable.offset || variable.size === 0) return
    throw new ModelFileError(`The checkpoint stores variables "${before.name}" and "${variable.name}" in overlapping bytes. It is damaged; fetch it again.`)
  })
}

function readArray({ name, shape, shard, offset, size, checksum }: Variable, shards: readonly Uint8Array[]): NamedArray {
  const file = shards[shard]
  if (!file || !(offset + size <= file.length)) {
    throw new ModelFileError(`The checkpoint's data file ${shard} is cut short: variable "${name}" reaches to byte ${offset + size} of ${file?.length ?? 0}. Fetch it again.`)
  }
  const expected = 4 * elementCount(shape)
  if (size !== expected) {
    throw new ModelFileError(`The checkpoint gives variable "${name}" ${size} bytes where its shape [${shape.join(', ')}] needs ${expected}. It is damaged; fetch it again.`)
  }
  if (maskCrc(crc32c(file.subarray(offset, offset + size))) !== checksum) {
    throw new ModelFileError(`The checksum of the checkpoint's variable "${name}" differs: index and data are damaged, or not of one checkpoint. Fetch both again.`)
  }
  return { shape, data: float32At(file, offset, size / 4) }
}

function entryOf(name: string): string {
  return `The checkpoint's entry of "${name}"`
}
