import { describe, expect, it } from 'vitest'
import { resample, resampledLength } from '../../../../src-main/engine/frontends/resample.ts'

const tone = (hz: number, rateHz: number, length: number) =>
  Float32Array.from({ length }, (_, t) => Math.sin((2 * Math.PI * hz * t) / rateHz))

/** Largest difference, away from the ends, between the resampled tone and the tone made at that rate. */
function toneError(hz: number, fromHz: number, toHz: number): number {
  const found = resample(tone(hz, fromHz, fromHz / 2), fromHz, toHz)
  const expected = tone(hz, toHz, found.length)
  const edge = Math.ceil(found.length / 4)
  return Math.max(...Array.from(found.subarray(edge, -edge), (x, i) => Math.abs(x - expected[edge + i]!)))
}

/** RMS, away from the ends, in dB of a full-scale tone's. */
function levelDb(hz: number, fromHz: number, toHz: number): number {
  const found = resample(tone(hz, fromHz, fromHz / 2), fromHz, toHz)
  const middle = found.subarray(found.length / 4, (3 * found.length) / 4)
  return 10 * Math.log10((2 * middle.reduce((sum, x) => sum + x * x, 0)) / middle.length)
}

const tenthOfADb = 10 ** (0.1 / 20) - 1

describe('resample', () => {
  it.each([[8000, 20000], [16000, 20000], [44100, 20000], [48000, 20000], [96000, 20000], [22051, 20000]])(
    'keeps tones to 0.1 dB and in phase up to nine tenths of the lower Nyquist frequency, %i to %i Hz',
    (fromHz, toHz) => {
      const nyquist = Math.min(fromHz, toHz) / 2
      for (const share of [0.01, 0.3, 0.9]) expect(toneError(Math.round(share * nyquist), fromHz, toHz)).toBeLessThan(tenthOfADb)
    },
  )

  it.each([[44100, 20000], [48000, 20000], [96000, 20000]])('keeps aliases more than 60 dB down, %i to %i Hz', (fromHz, toHz) => {
    for (const hz of [10020, 11000, 14000, 19000, 21000]) expect(levelDb(hz, fromHz, toHz)).toBeLessThan(-60)
  })

  it('leaves no images above the old Nyquist frequency', () => {
    // A 3000 Hz tone from 8000 to 20000 Hz: what is not the tone would be its image at 5000 Hz.
    expect(toneError(3000, 8000, 20000)).toBeLessThan(1e-3)
  })

  it('computes a part as it would the whole', () => {
    const signal = tone(441, 44100, 4410)
    const whole = resample(signal, 44100, 20000)
    expect(whole.length).toBe(resampledLength(4410, 44100, 20000))
    expect(resample(signal, 44100, 20000, { first: 700, count: 90 })).toEqual(whole.slice(700, 790))
  })

  it('copies where the rate is already right', () => {
    const signal = tone(441, 20000, 100)
    expect(resample(signal, 20000, 20000)).toEqual(signal)
    expect(resample(signal, 20000, 20000)).not.toBe(signal)
  })
})
