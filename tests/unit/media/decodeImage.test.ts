import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { MediaError } from '../../../src-main/domain/errors.ts'
import { decodeImage, thumbnailPng } from '../../../src-main/media/decodeImage.ts'
import { mediaFixture } from '../../helpers/mediaFiles.ts'

type Channels = 1 | 2 | 3 | 4

const raw = (data: Uint8Array | Uint16Array, width: number, height: number, channels: Channels): Sharp =>
  sharp(data, { raw: { width, height, channels } })

const in255 = (data: Float32Array): number[] => Array.from(data, (x) => x * 255)
const ramp = Uint8Array.from({ length: 2 * 3 * 3 }, (_, i) => i * 15)
const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919 + (i >> 5) * 31) % 256)

describe('decodeImage', () => {
  it('passes the pixels of an 8-bit sRGB picture on unchanged, without notice', async () => {
    const { signal, notices } = await decodeImage(await raw(ramp, 3, 2, 3).png().toBuffer(), 'a.png')
    expect(signal).toMatchObject({ kind: 'image', height: 2, width: 3 })
    expect(signal.data).toEqual(Float32Array.from(ramp, (x) => x / 255))
    expect(notices).toEqual([])
  })

  it('keeps the pixels of a picture whose profile is sRGB', async () => {
    const { signal, notices } = await decodeImage(await raw(ramp, 3, 2, 3).withIccProfile('srgb').png().toBuffer(), 'a.png')
    expect(signal.data).toEqual(Float32Array.from(ramp, (x) => x / 255))
    expect(notices).toEqual([])
  })

  it('converts other colour profiles to sRGB, and names the profile', async () => {
    const { signal, notices } = await decodeImage(await raw(ramp, 3, 2, 3).withIccProfile('p3').png().toBuffer(), 'a.png')
    expect(notices).toEqual(['Its colours were converted from the profile "sP3C" to sRGB.'])
    Array.from(ramp).forEach((x, i) => expect(Math.abs(in255(signal.data)[i]! - x)).toBeLessThan(9))
  })

  it('converts CMYK to sRGB, and says so', async () => {
    const { signal, notices } = await decodeImage(await raw(noise, 64, 64, 3).toColourspace('cmyk').jpeg().toBuffer(), 'a.jpg')
    expect(notices).toEqual(['Its CMYK colours were converted to sRGB.'])
    expect(signal.data).toHaveLength(64 * 64 * 3)
  })

  it('reduces 16 bits to the upper 8, and says so', async () => {
    const values = Uint16Array.of(0, 255, 256, 0x7fff, 0x80ff, 0xffff)
    const { signal, notices } = await decodeImage(await raw(values, 2, 1, 3).toColourspace('rgb16').png().toBuffer(), 'a.png')
    expect(in255(signal.data).map(Math.round)).toEqual([0, 0, 1, 127, 128, 255])
    expect(notices).toEqual(['Its 16 bits per channel were reduced to 8 (the upper ones).'])
  })

  it('copies grey values to three channels, and says so', async () => {
    const { signal, notices } = await decodeImage(await raw(Uint8Array.of(0, 51), 2, 1, 1).toColourspace('b-w').png().toBuffer(), 'a.png')
    expect(in255(signal.data).map(Math.round)).toEqual([0, 0, 0, 51, 51, 51])
    expect(notices).toEqual(['It is greyscale; its values were copied to all three channels.'])
  })

  it('says both of a 16-bit grey picture', async () => {
    const png = await raw(Uint16Array.of(0x0100, 0xffff), 2, 1, 1).toColourspace('grey16').png().toBuffer()
    const { signal, notices } = await decodeImage(png, 'a.png')
    expect(in255(signal.data).map(Math.round)).toEqual([1, 1, 1, 255, 255, 255])
    expect(notices).toEqual([
      'Its 16 bits per channel were reduced to 8 (the upper ones).',
      'It is greyscale; its values were copied to all three channels.',
    ])
  })

  it('lays transparent pixels over white, and says so', async () => {
    const pixels = Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 51, 10, 20, 30, 255)
    const { signal, notices } = await decodeImage(await raw(pixels, 3, 1, 4).png().toBuffer(), 'a.png')
    // Black at alpha 51/255 = 0.2 over white is 0.8 x 255 = 204.
    expect(in255(signal.data).map(Math.round)).toEqual([255, 255, 255, 204, 204, 204, 10, 20, 30])
    expect(notices).toEqual(['It has transparent pixels; they were laid over white.'])
  })

  it('drops a fully opaque alpha channel without a word, as nothing changes', async () => {
    const pixels = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255)
    const { signal, notices } = await decodeImage(await raw(pixels, 2, 1, 4).png().toBuffer(), 'a.png')
    expect(in255(signal.data).map(Math.round)).toEqual([1, 2, 3, 4, 5, 6])
    expect(notices).toEqual([])
  })

  it('turns a picture upright as its EXIF orientation says', async () => {
    const png = await raw(ramp, 3, 2, 3).withMetadata({ orientation: 6 }).png().toBuffer()
    const { signal, notices } = await decodeImage(png, 'a.png')
    expect([signal.width, signal.height]).toEqual([2, 3])
    // Orientation 6: turn clockwise, so that the lower left pixel comes first.
    expect(in255(signal.data).slice(0, 3).map(Math.round)).toEqual(Array.from(ramp.slice(9, 12)))
    expect(notices).toEqual(['It was turned upright, as its EXIF orientation says.'])
  })

  it('takes the first picture of an animation, and says so', async () => {
    const frames = Uint8Array.from({ length: 4 * 8 * 3 }, (_, i) => (i < 48 ? 255 : 0))
    const gif = await sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } }).gif().toBuffer()
    const { signal, notices } = await decodeImage(gif, 'a.gif')
    expect(signal.height).toBe(4)
    expect(signal.data.every((x) => x === 1)).toBe(true)
    expect(notices).toEqual(['It holds 2 pictures; the first was taken.'])
  })
})

describe('decodeImage on wrong input', () => {
  const refusal = (file: Uint8Array, sentence: string) => expect(decodeImage(file, 'cat.png')).rejects.toThrow(new MediaError(sentence))
  const damaged = '"cat.png" is damaged or cut short: its pixels cannot all be read. Copy it again from its source, or choose another picture.'

  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const)('refuses a truncated %s', async (format) => {
    const bytes = await raw(noise, 64, 64, 3).toFormat(format).toBuffer()
    await refusal(bytes.subarray(0, Math.floor(bytes.length / 2)), damaged)
  })

  it('refuses a picture cut inside its header', async () => {
    await refusal((await raw(ramp, 3, 2, 3).png().toBuffer()).subarray(0, 20), damaged)
  })

  it('refuses a picture above 100 megapixels before decoding it', async () => {
    // A small PNG whose header claims more; the checksum is set right again.
    const huge = await raw(ramp, 3, 2, 3).png().toBuffer()
    huge.writeUInt32BE(20_000, 16)
    huge.writeUInt32BE(5_010, 20)
    huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29)
    await refusal(
      huge,
      '"cat.png" is too large: 20000 x 5010 are 100.2 megapixels, at most 100 can be opened. Crop it or scale it down first.',
    )
  })

  it('refuses pixels that are neither 8 nor 16 bits', async () => {
    await refusal(
      mediaFixture('float.tif'),
      '"cat.png" has pixels of type float; expected 8 or 16 bits per channel. Save it as an 8-bit PNG, choosing yourself how its values map to 0-255.',
    )
  })

  it('refuses a sound, an empty file and a text', async () => {
    await refusal(mediaFixture('mono_float.wav'), '"cat.png" holds a sound, where a picture is expected. Choose another file.')
    await refusal(new Uint8Array(), '"cat.png" is empty (0 bytes). Choose another file, or copy it again from its source.')
    await refusal(
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      '"cat.png" is not a picture: expected PNG, JPEG, WebP, GIF or TIFF. Choose another file, or convert it first.',
    )
  })
})

describe('thumbnailPng', () => {
  it('fits a picture into a square and keeps its proportions', async () => {
    const { signal } = await decodeImage(await raw(noise.subarray(0, 64 * 16 * 3), 64, 16, 3).png().toBuffer(), 'a.png')
    const { width, height, format } = await sharp(await thumbnailPng(signal, 32)).metadata()
    expect({ width, height, format }).toEqual({ width: 32, height: 8, format: 'png' })
  })

  it('never enlarges', async () => {
    const { signal } = await decodeImage(await raw(ramp, 3, 2, 3).png().toBuffer(), 'a.png')
    const { width, height } = await sharp(await thumbnailPng(signal, 100)).metadata()
    expect([width, height]).toEqual([3, 2])
  })
})
