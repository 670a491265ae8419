import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { readSafetensors, writeSafetensors } from '../../../src-main/weights/safetensors.ts'

/** A file with this header and so many zero bytes of values. */
function fileWith(header: unknown, valueBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const file = new Uint8Array(8 + json.length + valueBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, 8)
  return file
}
const vector = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }

describe('readSafetensors refuses', () => {
  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'w.safetensors has 0 bytes, too few for a safetensors file. Fetch it again.'],
    [
      'a header cut short', fileWith({ a: vector }, 8).subarray(0, 20),
      'w.safetensors announces a header of 54 bytes but has only 12 more, so it is cut short or no safetensors file. Fetch it again.',
    ],
    ['a header that is no JSON', fileWith('{"a": ', 0), 'w.safetensors has a header that is no JSON object. Fetch it again.'],
    ['a header that is a list', fileWith([1], 0), 'w.safetensors has a header that is no JSON object. Fetch it again.'],
    [
      'a tensor without a shape', fileWith({ a: { dtype: 'F32', data_offsets: [0, 8] } }, 8),
      'w.safetensors describes tensor "a" without a proper dtype, shape and data_offsets. Fetch it again.',
    ],
    [
      'another type', fileWith({ a: { ...vector, dtype: 'C64', data_offsets: [0, 4] } }, 4),
      'w.safetensors stores tensor "a" as C64; F32, F16, BF16 and F64 can be read. Convert the file to one of these.',
    ],
    [
      'values cut short', fileWith({ a: vector }, 7),
      'w.safetensors ends after 7 bytes of values, but tensor "a" reaches to 8: it is cut short. Fetch it again.',
    ],
    [
      'an extent that does not fit the shape', fileWith({ a: { ...vector, shape: [3] } }, 8),
      'w.safetensors gives tensor "a" 8 bytes where its shape [3] in F32 needs 12. Fetch it again.',
    ],
    [
      'tensors that overlap', fileWith({ a: vector, b: { ...vector, data_offsets: [4, 12] } }, 12),
      'w.safetensors stores tensors "a" and "b" in overlapping bytes. Fetch it again.',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'w.safetensors')).toThrow(new ModelFileError(message))
  })
})

describe('safetensors', () => {
  const arrays = new Map([
    ['kernel', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, NaN) }],
    ['empty', { shape: [0], data: new Float32Array(0) }],
    ['scalar', { shape: [], data: Float32Array.of(7) }],
  ])

  it('rounds the arrays that are asked for to half precision, and leaves the others', () => {
    const arrays = new Map([['kernel', { shape: [1, 3], data: Float32Array.of(0.1, -2.5, 1e-9) }], ['bias', { shape: [1], data: Float32Array.of(0.1) }]])
    const file = writeSafetensors(arrays, {}, ({ shape }) => shape.length > 1)
    const read = readSafetensors(file)
    expect([...read.get('kernel')!.data]).toEqual([0.0999755859375, -2.5, 0])
    expect([...read.get('bias')!.data]).toEqual([Math.fround(0.1)])
  })

  it('reads back what it wrote, in order', () => {
    const read = readSafetensors(writeSafetensors(arrays, { licence: 'MIT' }))
    expect([...read]).toEqual([...arrays])
  })

  it('aligns the values to 8 bytes', () => {
    const file = writeSafetensors(arrays)
    expect(Number(new DataView(file.buffer).getBigUint64(0, true)) % 8).toBe(0)
  })

  it.each<[string, Uint8Array]>([
    ['an array of bytes', new Uint8Array(1000)],
    ['a Node buffer', Buffer.alloc(1000)],
  ])('reads from the middle of %s', (_, larger) => {
    const file = writeSafetensors(arrays)
    larger.set(file, 3)
    expect([...readSafetensors(larger.subarray(3, 3 + file.length))]).toEqual([...arrays])
  })

  it('widens half precision', () => {
    const file = fileWith({ h: { dtype: 'F16', shape: [6], data_offsets: [0, 12] } }, 12)
    const view = new DataView(file.buffer, file.length - 12)
    ;[0x3c00, 0xc000, 0x0001, 0x7bff, 0xfc00, 0x3555].forEach((bits, i) => view.setUint16(2 * i, bits, true))
    expect(readSafetensors(file).get('h')!.data).toEqual(Float32Array.of(1, -2, 2 ** -24, 65504, -Infinity, 0.333251953125))
  })
})
