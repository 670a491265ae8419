import type { CochleagramPicture } from '../../../src-main/domain/stimulus.ts'

/** Stand-ins for stimuli: they look like what they stand for, and mean nothing. */

/** A small seeded stream, so that screenshots are the same each time. */
export function stream(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Harmonics and formants in four syllables. @param noise  0 = clean, 1 = nothing but noise */
export function cochleagram(noise: number, seed: number): CochleagramPicture {
  const [rows, columns] = [211, 400]
  const random = stream(seed)
  const frequenciesHz = Float32Array.from({ length: rows }, (_, i) => 20 * (10_000 / 20) ** (i / (rows - 1)))
  const data = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const speech = spectrum(frequenciesHz[row]!, column / 200) * envelope(column / 200)
      const hiss = 0.25 + 0.5 * random() * (1 - row / rows / 2)
      data[row * columns + column] = Math.round(255 * Math.min(1, (1 - noise) * speech + noise * hiss * (0.5 + 0.5 * envelope(column / 200))))
    }
  }
  return { rows, columns, data, maximum: 0.9 + noise * 0.2, frequenciesHz, envelopeRateHz: 200 }
}

/** 2 s at 20 kHz as a 16-bit WAV file. */
export function wave(noise: number, seed: number): Uint8Array {
  const rate = 20_000
  const random = stream(seed)
  const samples = Int16Array.from({ length: 2 * rate }, (_, i) => {
    const t = i / rate
    const pitch = 110 + 20 * Math.sin(4 * t)
    let voice = 0
    for (let h = 1; h < 20; h++) voice += Math.sin(2 * Math.PI * pitch * h * t) / h
    return 6000 * ((1 - noise) * voice * envelope(t) + noise * (random() - 0.5) * (0.4 + envelope(t)))
  })
  return wavFile(samples, rate)
}

function envelope(t: number): number {
  return Math.max(0, Math.sin(Math.PI * Math.min(1, Math.max(0, (t - 0.1) / 1.8)))) * (0.55 + 0.45 * Math.sin(2 * Math.PI * 2.2 * t))
}

function spectrum(frequencyHz: number, t: number): number {
  const formants = [500 + 200 * Math.sin(5 * t), 1500 + 500 * Math.sin(3 * t + 1), 2600, 6000]
  const shape = formants.reduce((sum, f, k) => sum + Math.exp(-(((Math.log2(frequencyHz / f)) / 0.32) ** 2)) / (1 + 0.35 * k), 0)
  const pitch = 110 + 20 * Math.sin(4 * t)
  const harmonic = frequencyHz < 1200 ? 0.45 + 0.55 * Math.cos((2 * Math.PI * frequencyHz) / pitch) ** 2 : 0.8
  return Math.min(1, (shape + 0.35 * Math.exp(-(Math.log2(frequencyHz / pitch) ** 2) * 8)) * harmonic)
}

function wavFile(samples: Int16Array, rate: number): Uint8Array {
  const file = new Uint8Array(44 + samples.byteLength)
  const view = new DataView(file.buffer)
  const text = (at: number, word: string): void => [...word].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples.byteLength, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, 2 * rate, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.byteLength, true)
  file.set(new Uint8Array(samples.buffer), 44)
  return file
}
