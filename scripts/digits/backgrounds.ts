import { inverseRealFft } from '../../src-main/engine/support/fft.ts'
import type { Random } from '../../src-main/engine/support/random.ts'

/** Kinds of scene that words are mixed into: a stand-in for AudioSet, each made from a seed. */
export const backgroundKinds = ['white noise', 'pink noise', 'brown noise', 'low noise', 'high noise', 'modulated noise', 'babble', 'tones', 'sweeps', 'clicks'] as const
export type BackgroundKind = (typeof backgroundKinds)[number]

export interface BackgroundSettings {
  rateHz: number
  durationS: number
  random: Random
  /** Recordings of speech to make babble of. */
  voices: ReadonlyArray<() => Float32Array>
}

/** One scene, RMS 0.1. */
export function makeBackground(kind: BackgroundKind, settings: BackgroundSettings): Float32Array {
  const { rateHz, random } = settings
  const length = Math.round(settings.durationS * rateHz)
  switch (kind) {
    case 'white noise':
      return atLevel(noise(length, rateHz, random, () => 1))
    case 'pink noise':
      return atLevel(noise(length, rateHz, random, (hz) => 1 / Math.sqrt(Math.max(hz, 20))))
    case 'brown noise':
      return atLevel(noise(length, rateHz, random, (hz) => 1 / Math.max(hz, 20)))
    case 'low noise':
      return atLevel(noise(length, rateHz, random, (hz) => Number(hz > 50 && hz < 800)))
    case 'high noise':
      return atLevel(noise(length, rateHz, random, (hz) => Number(hz > 2000 && hz < 9000)))
    case 'modulated noise':
      return atLevel(modulated(noise(length, rateHz, random, (hz) => 1 / Math.sqrt(Math.max(hz, 20))), rateHz, random))
    case 'babble':
      return atLevel(babble(length, settings))
    case 'tones':
      return atLevel(tones(length, rateHz, random))
    case 'sweeps':
      return atLevel(sweeps(length, rateHz, random))
    case 'clicks':
      return atLevel(clicks(length, rateHz, random))
  }
}

/** Gaussian noise whose amplitude spectrum has a given form. */
function noise(length: number, rateHz: number, random: Random, amplitude: (hz: number) => number): Float32Array {
  const bins = Math.floor(length / 2) + 1
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)]
  for (let k = 1; k < bins; k++) {
    const size = amplitude((k * rateHz) / length)
    re[k] = size * random.normal()
    im[k] = size * random.normal()
  }
  return Float32Array.from(inverseRealFft({ re, im }, length))
}

/** Its loudness goes up and down 2 to 8 times a second. */
function modulated(carrier: Float32Array, rateHz: number, random: Random): Float32Array {
  const [hz, phase] = [2 + 6 * random.uniform(), 2 * Math.PI * random.uniform()]
  return carrier.map((x, i) => x * (1 + 0.95 * Math.sin((2 * Math.PI * hz * i) / rateHz + phase)))
}

/** Eight voices at once, each of recordings one after the other. */
function babble(length: number, { voices, random }: BackgroundSettings): Float32Array {
  const sum = new Float32Array(length)
  for (let voice = 0; voice < 8; voice++) {
    for (let at = -random.integer(10_000); at < length; ) {
      const spoken = atLevel(voices[random.integer(voices.length)]!())
      for (let i = Math.max(0, -at); i < spoken.length && at + i < length; i++) sum[at + i]! += spoken[i]!
      at += spoken.length + random.integer(4000)
    }
  }
  return sum
}

/** Three to five steady tones with two harmonics each. */
function tones(length: number, rateHz: number, random: Random): Float32Array {
  const partials = Array.from({ length: 3 + random.integer(3) }, () => ({ hz: 150 * 2 ** (4 * random.uniform()), phase: 2 * Math.PI * random.uniform() }))
  return Float32Array.from({ length }, (_, i) => partials.reduce((sum, { hz, phase }) => sum + [1, 2, 3].reduce((s, n) => s + Math.sin((2 * Math.PI * hz * n * i) / rateHz + n * phase) / n, 0), 0))
}

/** A tone that rises and falls over one to four octaves. */
function sweeps(length: number, rateHz: number, random: Random): Float32Array {
  const [centreHz, octaves, everyS] = [300 * 2 ** (3 * random.uniform()), 1 + random.uniform(), 0.3 + random.uniform()]
  let phase = 2 * Math.PI * random.uniform()
  return Float32Array.from({ length }, (_, i) => {
    phase += (2 * Math.PI * centreHz * 2 ** (octaves * Math.sin((2 * Math.PI * i) / rateHz / everyS))) / rateHz
    return Math.sin(phase)
  })
}

/** Short bursts of noise, 3 to 12 a second, each dying away in some milliseconds. */
function clicks(length: number, rateHz: number, random: Random): Float32Array {
  const [perS, decay] = [3 + 9 * random.uniform(), Math.exp(-1 / (rateHz * (0.002 + 0.02 * random.uniform())))]
  let level = 0
  return Float32Array.from({ length }, () => {
    if (random.uniform() < perS / rateHz) level = 0.5 + random.uniform()
    level *= decay
    return level * random.normal()
  })
}

function atLevel(x: Float32Array): Float32Array {
  const level = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length)
  return level === 0 ? x : x.map((value) => (0.1 * value) / level)
}
