import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { unpackSnappy } from '../../../src-main/weights/snappy.ts'

const unpacked = (...bytes: number[]) => new TextDecoder().decode(unpackSnappy(Uint8Array.from(bytes)))
const ascii = (text: string) => [...new TextEncoder().encode(text)]

describe('unpackSnappy', () => {
  it('takes literals, short ones and long ones', () => {
    expect(unpacked(3, 2 << 2, ...ascii('abc'))).toBe('abc')
    const long = 'x'.repeat(70)
    expect(unpacked(70, 60 << 2, 69, ...ascii(long))).toBe(long)
    expect(unpacked(70, 61 << 2, 69, 0, ...ascii(long))).toBe(long)
  })

  it('copies from before by offsets of 11, 16 and 32 bits', () => {
    const start = [8, 3 << 2, ...ascii('abcd')]
    expect(unpacked(...start, 0b001, 4)).toBe('abcdabcd')
    expect(unpacked(...start, (3 << 2) | 2, 3, 0)).toBe('abcdbcdb')
    expect(unpacked(...start, (3 << 2) | 3, 4, 0, 0, 0)).toBe('abcdabcd')
  })

  it('copies what a copy is only making', () => {
    expect(unpacked(9, 0, ...ascii('a'), (7 << 2) | 2, 1, 0)).toBe('aaaaaaaaa')
  })

  it.each<[string, number[], RegExp]>([
    ['a literal cut short', [3, 2 << 2, 97], /^A packed block is cut short or damaged: 3 bytes are expected at byte 2, and 1 are left\. Fetch the file again\.$/],
    ['a copy from before the beginning', [8, 0, 97, 0b001, 2], /copies from 2 bytes back, 1 bytes after its beginning\. The file is damaged/],
    ['a copy of no distance', [8, 0, 97, 0b001, 0], /copies from 0 bytes back/],
    ['more than was announced', [2, 2 << 2, 97, 98, 99], /gives more bytes than the 2 it announces/],
    ['less than was announced', [5, 2 << 2, 97, 98, 99], /gives 3 bytes where it announces 5/],
    ['an announcement beyond all measure', [0xff, 0xff, 0xff, 0x7f, 0, 97], /announces 268435455 bytes, more than it can hold/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => unpacked(...bytes)).toThrow(ModelFileError)
    expect(() => unpacked(...bytes)).toThrow(message)
  })
})
