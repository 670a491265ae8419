import { describe, expect, it } from 'vitest'
import { MediaError } from '../../../../src-main/domain/errors.ts'
import type { AudioSignal } from '../../../../src-main/domain/stimulus.ts'
import { prepareSound } from '../../../../src-main/engine/frontends/audioPreprocessing.ts'

const want = { sampleRateHz: 20000, samples: 40000, level: 'rms' as const }
const sound = (data: ArrayLike<number>, sampleRateHz = 20000): AudioSignal => ({ kind: 'audio', sampleRateHz, data: Float32Array.from(data) })
const tone = (length: number, rateHz: number, amplitude = 0.5) =>
  sound(Array.from({ length }, (_, t) => 0.25 + amplitude * Math.sin((2 * Math.PI * 500 * t) / rateHz)), rateHz)
const meanOf = (data: Float32Array) => data.reduce((a, b) => a + b, 0) / data.length
const rmsOf = (data: Float32Array) => Math.sqrt(data.reduce((a, b) => a + b * b, 0) / data.length)

describe('prepareSound refuses', () => {
  it.each([
    ['an empty sound', [], 'The sound has no samples. Choose a recording that is not empty.'],
    ['a value that is no number', [0, 1, NaN], 'Sample 2 of the sound is NaN, not a finite number. Export the recording again without such values.'],
    ['infinity', [-Infinity, 1], 'Sample 0 of the sound is -Infinity, not a finite number. Export the recording again without such values.'],
    ['silence', [0, 0, 0], 'The sound is silent: every sample is 0, so no level can be set. Choose a recording with sound in it, or level "keep".'],
    ['a constant', [0.5, 0.5], 'The sound is silent: every sample is 0.5, so no level can be set. Choose a recording with sound in it, or level "keep".'],
  ])('%s, and says what to do', (_, data, message) => {
    expect(() => prepareSound(sound(data), want)).toThrow(MediaError)
    expect(() => prepareSound(sound(data), want)).toThrow(message)
  })

  it('a sound whose middle is silent', () => {
    const data = new Float32Array(100_000)
    data[0] = 1
    expect(() => prepareSound(sound(data), want)).toThrow(
      'The part of the sound that is used is silent: every sample is 0, so no level can be set. Choose a recording with sound in it, or level "keep".',
    )
  })
})

describe('prepareSound', () => {
  it('removes the mean, sets the RMS to 0.1 and says so', () => {
    const { data, notices } = prepareSound(tone(40000, 20000), want)
    expect(meanOf(data)).toBeCloseTo(0, 6)
    expect(rmsOf(data)).toBeCloseTo(0.1, 6)
    expect(notices).toEqual(['Its mean of 0.25 was removed.', 'Its level was brought from RMS 0.3536 to 0.1.'])
  })

  it('takes samples as they are at level "keep", silence too', () => {
    const signal = tone(40000, 20000)
    const { data, notices } = prepareSound(signal, { ...want, level: 'keep' })
    expect(data).toEqual(signal.data)
    expect(data).not.toBe(signal.data)
    expect(notices).toEqual([])
    expect(prepareSound(sound(new Float32Array(40000)), { ...want, level: 'keep' }).notices).toEqual([])
  })

  it('resamples a telephone-rate sound and says what is missing from it', () => {
    const { data, notices } = prepareSound(tone(16000, 8000), { ...want, level: 'keep' })
    expect(data.length).toBe(40000)
    expect(notices).toEqual(['The sound was 8000 Hz; resampled to 20000 Hz, so nothing above 4000 Hz is in it.'])
  })

  it('resamples a 96 kHz sound and takes its middle', () => {
    const { data, notices } = prepareSound(tone(288000, 96000), { ...want, level: 'keep' })
    expect(data.length).toBe(40000)
    expect(notices).toEqual([
      'The sound was 96000 Hz; resampled to 20000 Hz, so nothing above 10000 Hz is in it.',
      'The sound was 3 s long; its middle 2 s were taken.',
    ])
  })

  it('takes the middle of a long sound', () => {
    const { data } = prepareSound(sound(Array.from({ length: 6 }, (_, i) => i)), { sampleRateHz: 20000, samples: 3, level: 'keep' })
    expect(Array.from(data)).toEqual([1, 2, 3])
  })

  it('puts silence on both sides of a short sound', () => {
    const { data, notices } = prepareSound(sound([1, 2]), { sampleRateHz: 20000, samples: 5, level: 'keep' })
    expect(Array.from(data)).toEqual([0, 1, 2, 0, 0])
    expect(notices).toEqual(['The sound was 0.0001 s long; silence was added on both sides to make 0.00025 s.'])
  })
})
