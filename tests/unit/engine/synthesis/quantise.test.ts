import { describe, expect, it } from 'vitest'
import { NumericalError } from '../../../../src-main/domain/errors.ts'
import { clippingNotice, dequantise, quantise, quantiseAudio, quantiseImage } from '../../../../src-main/engine/synthesis/quantise.ts'

describe('quantiseImage', () => {
  it('rounds to the nearest of 256 levels', () => {
    const { signal, clipped } = quantiseImage(Float32Array.of(0, 1, 0.5, 1.4 / 255, 1.6 / 255, 0.999), 1, 2)
    expect(signal).toEqual({ kind: 'image', height: 1, width: 2, data: Uint8Array.of(0, 255, 128, 1, 2, 255) })
    expect(clipped).toBe(0)
  })

  it('comes back within half a level, and unchanged when rounded again', () => {
    const x = Float32Array.from({ length: 300 }, (_, i) => i / 299)
    const once = quantiseImage(x, 10, 10).signal
    const back = dequantise(once)
    back.forEach((value, i) => expect(Math.abs(value - x[i]!)).toBeLessThanOrEqual(0.5001 / 255))
    expect(quantiseImage(back, 10, 10).signal).toEqual(once)
  })
})

describe('quantiseAudio', () => {
  it('takes 32768 as full scale, as decoders of 16-bit PCM do, and stops at 32767', () => {
    const { signal } = quantiseAudio(Float32Array.of(0, 0.5, -0.5, -1, 1, 1 / 32768), 20_000)
    expect(signal).toEqual({ kind: 'audio', sampleRateHz: 20_000, data: Int16Array.of(0, 16384, -16384, -32768, 32767, 1) })
    expect(dequantise(signal)).toEqual(Float32Array.of(0, 0.5, -0.5, -1, 32767 / 32768, 1 / 32768))
  })

  it('leaves the level as it is', () => {
    const quiet = Float32Array.of(0.001, -0.002, 0.0015)
    dequantise(quantiseAudio(quiet, 8000).signal).forEach((x, i) => expect(Math.abs(x - quiet[i]!)).toBeLessThan(1 / 65535))
  })

  it('counts the samples that clip, and says so in a sentence', () => {
    const quantised = quantiseAudio(Float32Array.of(0.2, 1.5, -1.01, 1), 8000)
    expect(quantised.clipped).toBe(2)
    expect(clippingNotice('metamer', quantised)).toBe(
      '2 of 4 samples of the metamer lie outside [-1, 1] and were clipped in the 16-bit signal, which is the one judged and exported.',
    )
    expect(clippingNotice('reference', quantiseAudio(Float32Array.of(1, -1), 8000))).toBeNull()
  })
})

describe('quantise', () => {
  it('chooses by the kind of input', () => {
    const picture = quantise({ kind: 'image', height: 1, width: 1, channels: 3, range: [0, 1] }, Float32Array.of(0, 0, 1))
    expect(picture.signal.kind).toBe('image')
    expect(quantise({ kind: 'audio', samples: 1, sampleRateHz: 8000 }, Float32Array.of(0)).signal.kind).toBe('audio')
  })

  it('refuses a value that is not finite instead of making it black or silent', () => {
    expect(() => quantiseImage(Float32Array.of(0, NaN, 0), 1, 1)).toThrow(NumericalError)
    expect(() => quantiseAudio(Float32Array.of(0, Infinity), 8000)).toThrow(
      'The signal cannot be rounded for export: value 1 of 2 is Infinity. Use the last finite checkpoint of the run.',
    )
  })
})
