import { describe, expect, it } from 'vitest'
import { MediaError } from '../../../src-main/domain/errors.ts'
import { concat } from '../../../src-main/media/bytes.ts'
import { decodeWav } from '../../../src-main/media/decodeWav.ts'
import { dataPath } from '../../helpers/data.ts'
import { readFileSync } from 'node:fs'
import { bytesOf, mediaFixture, wavFile } from '../../helpers/mediaFiles.ts'

const written = [0, 0.5, -0.5, 0.25, -1, 1 / 3]
const human = dataPath('data/human_audio_resampled.wav')

describe('decodeWav', () => {
  it.each([
    ['mono_pcm_u8.wav', 1 / 128],
    ['mono_pcm_16.wav', 2 ** -15],
    ['mono_pcm_24.wav', 2 ** -23],
    ['mono_pcm_32.wav', 2 ** -25],
    ['mono_float.wav', 0],
    ['mono_double.wav', 0],
  ])('reads %s as libsndfile wrote it, to within one step', (name, step) => {
    const { signal, notices } = decodeWav(mediaFixture(name), name)
    expect(signal.sampleRateHz).toBe(20_000)
    expect(notices).toEqual([])
    expect(signal.data).toHaveLength(6)
    written.forEach((x, i) => expect(Math.abs(signal.data[i]! - Math.fround(x))).toBeLessThanOrEqual(step))
  })

  it('gives the nearest float32 of every float64 sample', () => {
    const samples = Float64Array.of(0.1, -1 / 3, 1e-9, 0.999999999)
    const { signal } = decodeWav(wavFile({ code: 3, bits: 64, data: bytesOf(samples) }), 'a.wav')
    expect(signal.data).toEqual(Float32Array.from(samples))
  })

  it('reads samples that start at an odd place in memory', () => {
    const file = concat([Uint8Array.of(0), wavFile({ data: bytesOf(Int16Array.of(-32768, 16384)) })]).subarray(1)
    expect(decodeWav(file, 'a.wav').signal.data).toEqual(Float32Array.of(-1, 0.5))
  })

  it('mixes stereo down to the mean of its channels, and says so', () => {
    const { signal, notices } = decodeWav(mediaFixture('stereo_extensible_pcm_24.wav'), 'stereo.wav')
    // Second channel = first x -0.5, so the mean is a quarter of the first.
    written.forEach((x, i) => expect(signal.data[i]).toBeCloseTo(x / 4, 6))
    expect(notices).toEqual(['Its two channels were mixed down to one, their mean.'])
  })

  it('counts the channels it mixed when there are more than two', () => {
    const file = wavFile({ channels: 4, data: bytesOf(Int16Array.of(0, 0, 0, 16384)) })
    const { signal, notices } = decodeWav(file, 'a.wav')
    expect(signal.data).toEqual(Float32Array.of(0.125))
    expect(notices).toEqual(['Its 4 channels were mixed down to one, their mean.'])
  })

  it('reads RF64, whose true length stands in its ds64 chunk', () => {
    const { signal } = decodeWav(mediaFixture('stereo_rf64_pcm_16.wav'), 'long.wav')
    written.forEach((x, i) => expect(signal.data[i]).toBeCloseTo(0.75 * x, 4))
  })

  it.each([8_000, 96_000])('keeps a rate of %i Hz for whoever resamples', (sampleRateHz) => {
    const file = wavFile({ sampleRateHz, data: bytesOf(Int16Array.of(1, 2)) })
    expect(decodeWav(file, 'a.wav').signal.sampleRateHz).toBe(sampleRateHz)
  })

  it('takes a streamed file of unstated length to its end, and says so', () => {
    const file = wavFile({ data: bytesOf(Int16Array.of(1, 2)) })
    file.fill(0xff, 40, 44)
    const { signal, notices } = decodeWav(file, 'a.wav')
    expect(signal.data).toHaveLength(2)
    expect(notices).toEqual(['Its header states no length; everything up to the end of the file was taken.'])
  })

  it.skipIf(!human)('reads the float64 recording of the authors exactly (needs METAMER_LAB_DATA)', () => {
    const bytes = new Uint8Array(readFileSync(human!))
    const { signal } = decodeWav(bytes, 'human.wav')
    const at = bytes.length - 40_000 * 8
    expect(signal.data).toEqual(Float32Array.from(new Float64Array(bytes.slice(at).buffer)))
  })
})

describe('decodeWav on wrong input', () => {
  const samples = bytesOf(new Int16Array(40))
  const refusal = (file: Uint8Array, sentence: string) => expect(() => decodeWav(file, 'a.wav')).toThrow(new MediaError(sentence))

  it('says how much of a truncated file is missing', () => {
    refusal(
      wavFile({ data: samples }).subarray(0, 44 + 30),
      '"a.wav" is cut short: its header promises 80 bytes of samples, the file holds 30. Copy it again from its source, or choose another file.',
    )
  })

  it('refuses a file that ends inside its header', () => {
    refusal(
      wavFile({ data: samples }).subarray(0, 30),
      '"a.wav" is cut short: it ends inside its header. Copy it again from its source, or choose another file.',
    )
  })

  it('refuses a file without a data chunk', () => {
    refusal(
      wavFile({ data: samples }).subarray(0, 36),
      '"a.wav" is a WAV file without samples: it has no data chunk. It may be cut short; copy it again, or choose another file.',
    )
  })

  it('refuses a file with no samples', () => {
    refusal(wavFile({ data: new Uint8Array() }), '"a.wav" is a WAV file with 0 samples. Choose a sound that lasts longer.')
  })

  it('refuses an empty file', () => {
    refusal(new Uint8Array(), '"a.wav" is empty (0 bytes). Choose another file, or copy it again from its source.')
  })

  it('names the codec it does not read', () => {
    const cure = 'which is not read here. Save it as PCM or float WAV.'
    refusal(mediaFixture('mono_ulaw.wav'), `"a.wav" is a WAV file coded as mu-law, ${cure}`)
    refusal(mediaFixture('adpcm.wav'), `"a.wav" is a WAV file coded as Microsoft ADPCM, ${cure}`)
    refusal(wavFile({ code: 0x1234, data: samples }), `"a.wav" is a WAV file coded as format code 4660, ${cure}`)
  })

  it('refuses a word length outside PCM 8-32 and float 32/64', () => {
    refusal(wavFile({ bits: 12, data: samples }), '"a.wav" has 12-bit samples; PCM has 8, 16, 24 or 32 bits here. Save it with one of these.')
    refusal(wavFile({ code: 3, bits: 16, data: samples }), '"a.wav" has 16-bit samples; float has 32 or 64 bits here. Save it with one of these.')
  })

  it('refuses a header that contradicts itself', () => {
    refusal(
      wavFile({ channels: 0, data: samples }),
      '"a.wav" has a header that contradicts itself: 0 channels, 20000 Hz, 16 bits, 0 bytes per frame. Save the sound anew as PCM or float WAV.',
    )
  })

  it('refuses samples that do not fill whole frames', () => {
    refusal(
      wavFile({ channels: 2, data: samples.subarray(0, 6) }),
      '"a.wav" is damaged: its 6 bytes of samples are no whole number of 4-byte frames. Copy it again from its source, or save it anew.',
    )
  })

  it('refuses a sample that is not finite, and says where it lies', () => {
    const data = new Float32Array(300)
    data[200] = NaN
    refusal(
      wavFile({ code: 3, bits: 32, data: bytesOf(data) }),
      '"a.wav" holds a sample that is not a finite number: NaN at 0.010 s. Repair or export the sound anew; every sample must be finite.',
    )
  })
})
