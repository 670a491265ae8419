import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src-main/media/decodeImage.ts'
import { decodeWav } from '../../../src-main/media/decodeWav.ts'
import { encodePng, readPngText, settingsKeyword } from '../../../src-main/media/encodePng.ts'
import { encodeWav, readWavSettings } from '../../../src-main/media/encodeWav.ts'
import { settingsText } from '../../../src-main/media/settingsText.ts'
import { mediaFixture } from '../../helpers/mediaFiles.ts'

const settings = { layer: 'block1', seed: 4294967295, reference: 'Käfer 🪲\n.png', rate: 1e-3 }
const picture = { kind: 'image' as const, height: 5, width: 7, data: Uint8Array.from({ length: 105 }, (_, i) => (i * 37) % 256) }
const sound = { kind: 'audio' as const, sampleRateHz: 20_000, data: Int16Array.of(0, -32768, 32767, 1, -1) }

describe('encodePng', () => {
  const png = encodePng(picture, { [settingsKeyword]: settingsText(settings), Software: 'Metamer Lab' })

  it('writes pixels that other readers get back exactly, as 8-bit RGB', async () => {
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 7, height: 5, channels: 3, depth: 'uchar' })
    expect(new Uint8Array(data)).toEqual(picture.data)
    expect((await decodeImage(png, 'a.png')).notices).toEqual([])
  })

  it('carries its settings, which come back as they went in', async () => {
    expect(JSON.parse(readPngText(png)[settingsKeyword]!)).toEqual(settings)
    const { comments } = await sharp(png).metadata()
    expect(comments).toContainEqual({ keyword: 'metamer-lab', text: settingsText(settings) })
  })

  it('writes the same bytes each time', () => {
    expect(encodePng(picture, { a: 'b' })).toEqual(encodePng(picture, { a: 'b' }))
  })
})

describe('encodeWav', () => {
  const wav = encodeWav(sound, settingsText(settings))

  it('writes 16-bit samples that come back exactly', () => {
    const { signal, notices } = decodeWav(wav, 'a.wav')
    expect(signal.sampleRateHz).toBe(20_000)
    expect(signal.data).toEqual(Float32Array.from(sound.data, (x) => x / 32768))
    expect(notices).toEqual([])
  })

  it('carries its settings, which come back as they went in', () => {
    expect(JSON.parse(readWavSettings(wav)!)).toEqual(settings)
  })

  it('states its own length in the RIFF header', () => {
    expect(new DataView(wav.buffer).getUint32(4, true)).toBe(wav.length - 8)
  })

  it('has no settings to read in a file of another program', () => {
    expect(readWavSettings(mediaFixture('mono_float.wav'))).toBeNull()
  })
})
