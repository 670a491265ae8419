import { besselI0, sinc } from './antiAliasFilter.ts'

/** Half-length of the filter in samples of the lower rate: with the window below the transition is a tenth of the band. */
export const resampleReach = 64
const reach = resampleReach
/** Kaiser window of 80 dB. */
const beta = 8
/** Middle of the transition, so that it ends where aliases would begin. */
const cutoff = 0.95
/** Filter values tabled per sample; those between are interpolated, off by at most 1e-6. */
const density = 1024

export interface ResampleRange {
  /** First output sample wanted. */
  first: number
  count: number
}

/**
 * Change the sample rate. Flat to 0.1 dB up to nine tenths of the lower Nyquist frequency; what lies above the
 * lower Nyquist frequency is more than 60 dB down. The sound is taken as silent before its start and after its end.
 *
 * @param signal  samples at `fromHz`
 * @param range   compute these outputs only; all by default
 * @returns       samples at `toHz`; output t is the sound at time t / toHz
 */
export function resample(signal: Float32Array, fromHz: number, toHz: number, range?: ResampleRange): Float32Array {
  const { first, count } = range ?? { first: 0, count: resampledLength(signal.length, fromHz, toHz) }
  if (fromHz === toHz) return signal.slice(first, first + count)
  const table = filterTable()
  // Filter places per input sample: the filter is stretched when the rate falls.
  const scale = Math.min(1, toHz / fromHz)
  return Float32Array.from({ length: count }, (_, i) => filteredAt(signal, ((first + i) * fromHz) / toHz, scale, table))
}

export function resampledLength(length: number, fromHz: number, toHz: number): number {
  return Math.round((length * toHz) / fromHz)
}

/** The band-limited signal at a place between its samples. */
function filteredAt(signal: Float32Array, place: number, scale: number, table: Float64Array): number {
  const from = Math.max(0, Math.ceil(place - reach / scale))
  const to = Math.min(signal.length - 1, Math.floor(place + reach / scale))
  let sum = 0
  for (let i = from; i <= to; i++) {
    const at = Math.abs(i - place) * scale * density
    const low = Math.floor(at)
    sum += signal[i]! * (table[low]! + (at - low) * (table[low + 1]! - table[low]!))
  }
  return sum * scale
}

/** One side of the filter. */
function filterTable(): Float64Array {
  return Float64Array.from({ length: reach * density + 2 }, (_, i) => resampleFilter(i / density))
}

/**
 * The low-pass filter of a change of rate: a sinc at 0.95 of the lower Nyquist frequency under a Kaiser window of 80 dB.
 *
 * @param place  from the filter's middle, in samples of the lower rate; the filter is zero from `resampleReach` on
 */
export function resampleFilter(place: number): number {
  const window = Math.abs(place) > reach ? 0 : besselI0(beta * Math.sqrt(1 - (place / reach) ** 2)) / besselI0(beta)
  return cutoff * sinc(cutoff * place) * window
}
