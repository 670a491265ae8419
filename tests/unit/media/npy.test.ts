import { describe, expect, it } from 'vitest'
import { MediaError } from '../../../src-main/domain/errors.ts'
import { decodeNpy, encodeNpy } from '../../../src-main/media/npy.ts'
import { bytesOf, mediaFixture, npyFile } from '../../helpers/mediaFiles.ts'

const eighths = Float32Array.from({ length: 12 }, (_, i) => i / 8 - 0.5)

describe('decodeNpy', () => {
  it.each(['float32_c.npy', 'float32_v2.npy', 'float32_v3.npy'])('reads %s as numpy wrote it', (name) => {
    expect(decodeNpy(mediaFixture(name), name)).toEqual({ shape: [2, 2, 3], data: eighths })
  })

  it('rounds float64 to the nearest float32', () => {
    const { shape, data } = decodeNpy(mediaFixture('float64_c.npy'), 'a.npy')
    expect(shape).toEqual([2, 3])
    expect(data).toEqual(Float32Array.from({ length: 6 }, (_, i) => i / 7))
  })

  it('reads vectors and single numbers', () => {
    expect(decodeNpy(mediaFixture('vector.npy'), 'a.npy')).toEqual({ shape: [2], data: Float32Array.of(1.5, -2.25) })
    expect(decodeNpy(mediaFixture('scalar.npy'), 'a.npy')).toEqual({ shape: [], data: Float32Array.of(0.25) })
  })
})

describe('encodeNpy', () => {
  it('writes, byte for byte, what numpy would', () => {
    expect(Buffer.from(encodeNpy([2, 2, 3], eighths))).toEqual(Buffer.from(mediaFixture('float32_c.npy')))
    expect(Buffer.from(encodeNpy([2], Float32Array.of(1.5, -2.25)))).toEqual(Buffer.from(mediaFixture('vector.npy')))
    expect(Buffer.from(encodeNpy([], Float32Array.of(0.25)))).toEqual(Buffer.from(mediaFixture('scalar.npy')))
  })

  it('refuses values that do not fill the shape', () => {
    expect(() => encodeNpy([2, 2], Float32Array.of(1))).toThrow('1 values do not fill the shape [2, 2]')
  })
})

describe('decodeNpy on wrong input', () => {
  const refusal = (file: Uint8Array, sentence: string) => expect(() => decodeNpy(file, 'a.npy')).toThrow(new MediaError(sentence))
  const cure = 'expected little-endian float32 ("<f4") or float64 ("<f8"). Save it with numpy.save(file, array.astype("<f4")).'

  it('names the type of number it does not take', () => {
    refusal(mediaFixture('int16.npy'), `"a.npy" holds numbers of type "<i2"; ${cure}`)
    refusal(mediaFixture('big_endian.npy'), `"a.npy" holds numbers of type ">f4"; ${cure}`)
    refusal(mediaFixture('records.npy'), `"a.npy" holds records or an unreadable header; ${cure}`)
  })

  it('refuses Fortran order, and says how to save it', () => {
    refusal(
      mediaFixture('float32_fortran.npy'),
      '"a.npy" is stored in Fortran order (columns first); C order is expected. Save it with numpy.save(file, numpy.ascontiguousarray(array)).',
    )
  })

  it('says how much of a truncated file is missing', () => {
    refusal(
      mediaFixture('float32_c.npy').subarray(0, 128 + 20),
      '"a.npy" is damaged: an array of shape [2, 2, 3] takes 48 bytes, the file holds 20. Save it again with numpy.save.',
    )
  })

  it.each([7, 9, 60])('refuses a file that ends inside its header, after %i bytes', (length) => {
    refusal(
      mediaFixture('float32_c.npy').subarray(0, length),
      '"a.npy" is cut short: it ends inside its header. Copy it again, or save it again with numpy.save.',
    )
  })

  it('refuses values that are not finite as float32', () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n"
    refusal(
      npyFile(header, bytesOf(Float64Array.of(1, 1e300))),
      '"a.npy" holds a value that is not a finite float32 number: Infinity at flat index 1. Every value must be finite; correct the array and save it again.',
    )
  })

  it('refuses a picture in place of an array', () => {
    refusal(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), '"a.npy" holds a picture, where an array is expected. Choose another file.')
  })
})
