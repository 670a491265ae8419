import { NumericalError } from '../../domain/errors.ts'
import type { SignalSpace } from '../../domain/network.ts'
import type { QuantisedSignal } from '../../domain/stimulus.ts'

/**
 * Sounds: sample / 32768 is full scale, as decoders of 16-bit PCM have it; so what is judged is
 * what anyone reads from the exported file.
 */
const pcmScale = 32768

export interface Quantised {
  signal: QuantisedSignal
  /** Values beyond the range that the file can hold, cut to its ends. Tell the user when there are any. */
  clipped: number
}

/**
 * Round the variable of a synthesis to what is exported: 8-bit RGB or 16-bit PCM. Levels are left as they are; cochleagrams are
 * exported as numbers, so they are not rounded.
 *
 * @throws NumericalError when a value is not finite
 */
export function quantise(space: SignalSpace, values: Float32Array): Quantised {
  switch (space.kind) {
    case 'image':
      return quantiseImage(values, space.height, space.width)
    case 'audio':
      return quantiseAudio(values, space.sampleRateHz)
    case 'cochleagram':
      checkFinite(values)
      return { signal: { ...space, data: values }, clipped: 0 }
  }
}

/**
 * Round to 8 bits: round(255 x), x in [0, 1].
 * Departure: the authors' 2023 code truncates; rounding halves the error.
 *
 * @throws NumericalError when a value is not finite
 */
export function quantiseImage(values: Float32Array, height: number, width: number): Quantised {
  checkFinite(values)
  const data = Uint8Array.from(values, (x) => Math.round(255 * clamp(x, 0, 1)))
  return { signal: { kind: 'image', height, width, data }, clipped: countOutside(values, 0, 1) }
}

/**
 * Round to 16 bits: round(32768 x), at most 32767.
 *
 * @throws NumericalError when a sample is not finite
 */
export function quantiseAudio(values: Float32Array, sampleRateHz: number): Quantised {
  checkFinite(values)
  const data = Int16Array.from(values, (x) => clamp(Math.round(pcmScale * x), -pcmScale, pcmScale - 1))
  return { signal: { kind: 'audio', sampleRateHz, data }, clipped: countOutside(values, -1, 1) }
}

/** Turn an exported signal back into the variable that a network takes. */
export function dequantise(signal: QuantisedSignal): Float32Array {
  switch (signal.kind) {
    case 'image':
      return Float32Array.from(signal.data, (value) => value / 255)
    case 'audio':
      return Float32Array.from(signal.data, (value) => value / pcmScale)
    case 'cochleagram':
      return signal.data
  }
}

/** One sentence on clipped values, for the run's notices; null when there are none. */
export function clippingNotice(whose: 'metamer' | 'reference', { signal, clipped }: Quantised): string | null {
  if (clipped === 0) return null
  const [what, range, bits] = signal.kind === 'image' ? ['values', '[0, 1]', 8] : ['samples', '[-1, 1]', 16]
  return `${clipped} of ${signal.data.length} ${what} of the ${whose} lie outside ${range} and were clipped in the ${bits}-bit signal, which is the one judged and exported.`
}

function checkFinite(values: Float32Array): void {
  const bad = values.findIndex((x) => !Number.isFinite(x))
  if (bad < 0) return
  throw new NumericalError(
    `The signal cannot be rounded for export: value ${bad} of ${values.length} is ${values[bad]}. Use the last finite checkpoint of the run.`,
  )
}

function countOutside(values: Float32Array, low: number, high: number): number {
  let count = 0
  for (const x of values) if (x < low || x > high) count++
  return count
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high)
}
