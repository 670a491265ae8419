import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { crc32c, maskCrc } from '../../../src-main/weights/crc32c.ts'
import { readTensorflowCheckpoint } from '../../../src-main/weights/tensorflowCheckpoint.ts'
import { sortedTable, tensorflowCheckpoint, varint, type CheckpointOptions, type VariableEntry } from '../../helpers/tensorflowCheckpoint.ts'

const variables: VariableEntry[] = [
  { name: 'conv1/bias', shape: [2], values: [1, 2] },
  { name: 'conv1/kernel', shape: [1, 3, 1, 1], values: [3, 4, 5] },
  { name: 'power', shape: [], values: [0.5] },
]
function read(options: CheckpointOptions = {}, written = variables) {
  const { index, data } = tensorflowCheckpoint(written, options)
  return readTensorflowCheckpoint(index, [data])
}
const expected = new Map([
  ['conv1/bias', { shape: [2], data: Float32Array.of(1, 2) }],
  ['conv1/kernel', { shape: [1, 3, 1, 1], data: Float32Array.of(3, 4, 5) }],
  ['power', { shape: [], data: Float32Array.of(0.5) }],
])

describe('crc32c', () => {
  it('has the values of the standard, and masks them', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
    // ((0x8a9136aa >> 15 | 0x8a9136aa << 17) + 0xa282ead8) mod 2^32
    expect(maskCrc(0x8a9136aa)).toBe(0x0fd7fffa)
  })
})

describe('readTensorflowCheckpoint', () => {
  it('gives every variable in order, scalars with an empty shape', () => {
    expect(read()).toEqual(expected)
    const { index, data } = tensorflowCheckpoint(variables)
    expect(readTensorflowCheckpoint(Buffer.from(index), [Buffer.from(data)])).toEqual(expected)
  })

  it('unpacks blocks that snappy packed', () => {
    const asLiteral = (block: number[]) => [...varint(block.length), 61 << 2, (block.length - 1) & 255, (block.length - 1) >> 8, ...block]
    expect(read({ packing: 1, pack: asLiteral })).toEqual(expected)
  })

  it('leaves out variables that are no float32', () => {
    expect([...read({}, [...variables, { name: 'step', shape: [1], values: [0, 0], type: 9 }]).keys()]).toEqual([...expected.keys()])
  })
})

describe('readTensorflowCheckpoint refuses', () => {
  const { index, data } = tensorflowCheckpoint(variables)
  const changed = (bytes: Uint8Array, at: number) => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte))

  it.each<[string, () => unknown, RegExp]>([
    ['an empty index', () => readTensorflowCheckpoint(new Uint8Array(), [data]), /^The checkpoint's index does not end as a table of TensorFlow does, so it is another kind of file or cut short\. Choose the file whose name ends in \.index\.$/],
    ['another file', () => readTensorflowCheckpoint(data, [data]), /another kind of file/],
    ['an index cut short', () => readTensorflowCheckpoint(index.subarray(0, -1), [data]), /another kind of file or cut short/],
    ['an index that lost its beginning', () => readTensorflowCheckpoint(index.subarray(20), [data]), /The checkpoint's index is damaged/],
    ['an index with a wrong byte', () => readTensorflowCheckpoint(changed(index, 3), [data]), /the checksum of its block at byte 0 differs\. Fetch the file again\.$/],
    ['an unknown packing', () => read({ packing: 2 }), /packs a block by method 2; none and snappy can be read/],
    ['a table without a header', () => readTensorflowCheckpoint(sortedTable([['a', [8, 1]]]), [data]), /has no header, so it belongs to no TensorFlow checkpoint/],
    ['a missing data file', () => read({ shards: 2 }), /^The checkpoint has 2 data files, and 1 were given\. Give all files whose names hold "\.data-", in order\.$/],
    ['a big-endian checkpoint', () => read({ bigEndian: true }), /big-endian machine/],
    ['data cut short', () => readTensorflowCheckpoint(index, [data.subarray(0, -1)]), /data file 0 is cut short: variable "power" reaches to byte 24 of 23\. Fetch it again\.$/],
    ['data with a wrong byte', () => readTensorflowCheckpoint(index, [changed(data, 9)]), /checksum of the checkpoint's variable "conv1\/kernel" differs/],
    ['a shape that is not the size', () => read({}, [{ name: 'b', shape: [3], values: [1, 2] }]), /gives variable "b" 8 bytes where its shape \[3\] needs 12/],
    ['a partitioned variable', () => read({}, [{ name: 'b', shape: [1], values: [1], extra: [0x3a, 0] }]), /stores variable "b" in slices/],
    ['an entry that is no protocol buffer', () => read({}, [{ name: 'b', shape: [1], values: [1], extra: [0x0f] }]), /entry of "b" is damaged: it is no protocol buffer \(wire type 7\)/],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(ModelFileError)
    expect(act).toThrow(message)
  })
})
