import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { MediaError } from '../../../src-main/domain/errors.ts'
import { ascii, concat } from '../../../src-main/media/bytes.ts'
import { expectFormat, sniffStimulus } from '../../../src-main/media/sniff.ts'
import { bytesOf, mediaFixture, wavFile } from '../../helpers/mediaFiles.ts'

const wav = wavFile({ data: bytesOf(Int16Array.of(1, 2)) })

describe('sniffStimulus', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const)('tells a %s picture by its content, whatever its name', async (format) => {
    const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } }).toFormat(format).toBuffer()
    expect(sniffStimulus(bytes, 'sound.wav')).toBe('image')
  })

  it('tells sounds and arrays by their content', () => {
    expect(sniffStimulus(wav, 'cat.png')).toBe('audio')
    expect(sniffStimulus(mediaFixture('stereo_rf64_pcm_16.wav'), 'x')).toBe('audio')
    expect(sniffStimulus(mediaFixture('vector.npy'), 'x')).toBe('array')
  })

  it('refuses an empty file in its own words', () => {
    expect(() => sniffStimulus(new Uint8Array(), 'cat.png')).toThrow(
      new MediaError('"cat.png" is empty (0 bytes). Choose another file, or copy it again from its source.'),
    )
  })

  it('refuses a file that is no stimulus, and says what is expected', () => {
    expect(() => sniffStimulus(ascii('Dear diary, today'), 'cat.png')).toThrow(
      new MediaError(
        '"cat.png" is not a stimulus: expected a picture (PNG, JPEG, WebP, GIF or TIFF), a sound (WAV) or an array (NPY). Choose another file, or convert it first.',
      ),
    )
  })

  it('refuses a file shorter than any signature', () => {
    expect(() => sniffStimulus(ascii('RI'), 'a.wav')).toThrow(/^"a\.wav" is not a stimulus/)
  })

  it('refuses formats that need converting, and says into what', () => {
    const mp3 = concat([ascii('ID3'), new Uint8Array(20)])
    expect(() => sniffStimulus(mp3, 'song.mp3')).toThrow(
      new MediaError('"song.mp3" holds an MP3 sound, which cannot be read here. Convert it to WAV and choose that.'),
    )
    const avif = concat([new Uint8Array(4), ascii('ftypavif'), new Uint8Array(8)])
    expect(() => sniffStimulus(avif, 'cat.avif')).toThrow(
      new MediaError('"cat.avif" holds an AVIF picture, which cannot be read here. Convert it to PNG and choose that.'),
    )
  })
})

describe('expectFormat', () => {
  it('speaks of nothing but what the caller can use', () => {
    expect(() => expectFormat(ascii('Dear diary, today'), 'a.wav', 'audio')).toThrow(new MediaError('"a.wav" is not a sound: expected WAV. Choose another file, or convert it first.'))
    expect(() => expectFormat(ascii('Dear diary, today'), 'a.png', 'image')).toThrow(/^"a.png" is not a picture: expected PNG, JPEG, WebP, GIF or TIFF\./)
  })

  it('names what was found and what was expected', () => {
    expect(() => expectFormat(wav, 'cat.png', 'image')).toThrow(
      new MediaError('"cat.png" holds a sound, where a picture is expected. Choose another file.'),
    )
  })
})
