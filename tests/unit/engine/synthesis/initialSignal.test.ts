import { describe, expect, it } from 'vitest'
import type { NetworkInput } from '../../../../src-main/domain/network.ts'
import { presets } from '../../../../src-main/domain/protocol.ts'
import { initialSignal } from '../../../../src-main/engine/synthesis/initialSignal.ts'
import { createFft } from '../../../../src-main/engine/support/fft.ts'

const asCode = presets[0]!
const asPrinted = presets[1]!
const picture: NetworkInput = { kind: 'image', height: 64, width: 64, channels: 3, range: [0, 1] }
const sound: NetworkInput = { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 }

const meanOf = (x: Float32Array): number => x.reduce((a, b) => a + b, 0) / x.length
const rmsOf = (x: Float32Array): number => Math.sqrt(x.reduce((a, b) => a + b * b, 0) / x.length)
const range = (x: Float32Array): [number, number] => [x.reduce((a, b) => Math.min(a, b)), x.reduce((a, b) => Math.max(a, b))]

describe('initialSignal', () => {
  it('starts a picture from uniform noise in [0.5, 0.6) as the code does', () => {
    const x = initialSignal(picture, asCode, 1)
    const [low, high] = range(x)
    expect(x).toHaveLength(64 * 64 * 3)
    expect(low).toBeGreaterThanOrEqual(0.5)
    expect(low).toBeLessThan(0.501)
    expect(high).toBeLessThan(0.6)
    expect(high).toBeGreaterThan(0.599)
    expect(meanOf(x)).toBeCloseTo(0.55, 2)
  })

  it('centres a picture on 0.5 when the protocol says so', () => {
    const x = initialSignal(picture, asPrinted, 1)
    const [low, high] = range(x)
    expect(low).toBeGreaterThanOrEqual(Math.fround(0.45))
    expect(high).toBeLessThan(0.55)
    expect(meanOf(x)).toBeCloseTo(0.5, 2)
  })

  it('starts a sound from noise of mean 0 and the RMS of the protocol', () => {
    const x = initialSignal(sound, asCode, 1)
    expect(x).toHaveLength(40_000)
    expect(Math.abs(meanOf(x))).toBeLessThan(1e-8)
    expect(rmsOf(x)).toBeCloseTo(0.01, 8)
    expect(rmsOf(initialSignal(sound, { ...asCode, initialRms: 0.1 }, 1))).toBeCloseTo(0.1, 7)
  })

  it('makes the noise pink: every octave holds the same power', () => {
    const spectrum = { re: Float64Array.from(initialSignal(sound, asCode, 2)), im: new Float64Array(40_000) }
    createFft(40_000).forward(spectrum.re, spectrum.im)
    const octaves = [256, 512, 1024, 2048, 4096, 8192].map((from) => {
      let power = 0
      for (let k = from; k < 2 * from; k++) power += spectrum.re[k]! ** 2 + spectrum.im[k]! ** 2
      return power
    })
    for (const power of octaves) expect(power / octaves[0]!).toBeCloseTo(1, 0)
  })

  it('makes a sound of odd length from one bin more, and drops the last sample', () => {
    const odd = initialSignal({ kind: 'audio', samples: 9, sampleRateHz: 8000 }, asCode, 3)
    const even = initialSignal({ kind: 'audio', samples: 10, sampleRateHz: 8000 }, asCode, 3)
    expect(odd).toHaveLength(9)
    // Same noise but for mean and scale: differences of neighbours are in one proportion throughout.
    const ratio = (odd[1]! - odd[0]!) / (even[1]! - even[0]!)
    for (let i = 1; i < 9; i++) expect((odd[i]! - odd[i - 1]!) / (even[i]! - even[i - 1]!)).toBeCloseTo(ratio, 3)
  })

  it('depends on the seed and the shape of the input only', () => {
    expect(initialSignal(picture, asCode, 5)).toEqual(initialSignal(picture, { ...asCode, updates: 7 } as typeof asCode, 5))
    expect(initialSignal(picture, asCode, 5)).not.toEqual(initialSignal(picture, asCode, 6))
    expect(initialSignal(sound, asCode, 5)).toEqual(initialSignal({ ...sound, sampleRateHz: 16_000 }, asCode, 5))
  })
})
