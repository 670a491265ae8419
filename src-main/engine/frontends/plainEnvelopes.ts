import * as tf from '@tensorflow/tfjs-core'
import type { FilterRow } from './erbFilterbank.ts'
import { createFft, type ComplexVector, type Fft } from '../support/fft.ts'
import type { SubbandDesign, SubbandMethod } from './subbandEnvelopes.ts'

/**
 * Compute subband envelopes in plain JavaScript, in double precision: for engines without Fourier transforms,
 * and as the yardstick for the others. About a second for two seconds of sound.
 */
export function createPlainEnvelopes(design: SubbandDesign): SubbandMethod {
  const { samples, columns } = design
  const { rows } = design.filterbank
  const fft = createFft(samples)
  return {
    analyse(wave) {
      const spectrum = spectrumOf(wave.dataSync() as Float32Array, fft)
      const subbands = rows.map((row) => subbandOf(row, spectrum, fft))
      const envelopes = new Float32Array(rows.length * columns)
      subbands.forEach((subband, r) => envelopes.set(decimate(magnitudes(subband), design), r * columns))
      return {
        envelopes: tf.tensor2d(envelopes, [rows.length, columns]),
        kept: [],
        gradient: (dy) => tf.tensor1d(waveGradient(dy.dataSync() as Float32Array, subbands, design, fft)),
      }
    },
    dispose: () => undefined,
  }
}

/** A complex signal. */
interface Subband {
  re: Float32Array
  im: Float32Array
}

export function spectrumOf(wave: Float32Array, fft: Fft): ComplexVector {
  const spectrum = { re: new Float64Array(wave), im: new Float64Array(wave.length) }
  fft.forward(spectrum.re, spectrum.im)
  return spectrum
}

/** The part of the spectrum that the row lets through, negative frequencies left out, back in time. */
export function subbandOf(row: FilterRow, spectrum: ComplexVector, fft: Fft): Subband {
  const re = new Float64Array(fft.length)
  const im = new Float64Array(fft.length)
  row.values.forEach((response, i) => {
    re[row.start + i] = (response * spectrum.re[row.start + i]!) / fft.length
    im[row.start + i] = (response * spectrum.im[row.start + i]!) / fft.length
  })
  fft.inverse(re, im)
  return { re: new Float32Array(re), im: new Float32Array(im) }
}

export function magnitudes({ re, im }: Subband): Float64Array {
  const magnitude = new Float64Array(re.length)
  for (let t = 0; t < re.length; t++) magnitude[t] = Math.sqrt(re[t]! * re[t]! + im[t]! * im[t]!)
  return magnitude
}

function decimate(signal: Float64Array, { antiAlias, columns, factor, zerosBefore }: SubbandDesign): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const first = factor * column - zerosBefore
    const end = Math.min(antiAlias.length, signal.length - first)
    let sum = 0
    for (let j = Math.max(0, -first); j < end; j++) sum += antiAlias[j]! * signal[first + j]!
    return sum
  })
}

/** Transpose of `decimate`. */
function spreadBack(dy: Float32Array, { antiAlias, samples, factor, zerosBefore }: SubbandDesign): Float64Array {
  const signal = new Float64Array(samples)
  dy.forEach((value, column) => {
    const first = factor * column - zerosBefore
    const end = Math.min(antiAlias.length, samples - first)
    for (let j = Math.max(0, -first); j < end; j++) signal[first + j]! += antiAlias[j]! * value
  })
  return signal
}

function waveGradient(dy: Float32Array, subbands: Subband[], design: SubbandDesign, fft: Fft): Float32Array {
  const { samples, columns } = design
  const sum = { re: new Float64Array(samples), im: new Float64Array(samples) }
  design.filterbank.rows.forEach((row, r) => {
    const towardsEnvelope = spreadBack(dy.subarray(r * columns, (r + 1) * columns), design)
    addRowGradient(sum, row, towardsEnvelope, subbands[r]!, fft)
  })
  // The wave's own transform has real input: the gradient is the real part of the inverse, not divided by the length.
  fft.inverse(sum.re, sum.im)
  return new Float32Array(sum.re)
}

/** Add one row's gradient with respect to the spectrum: the gradient of |z| is z/|z|, and 0 where z is 0. */
function addRowGradient(sum: ComplexVector, row: FilterRow, dy: Float64Array, subband: Subband, fft: Fft): void {
  const re = new Float64Array(fft.length)
  const im = new Float64Array(fft.length)
  const magnitude = magnitudes(subband)
  for (let t = 0; t < fft.length; t++) {
    if (magnitude[t] === 0) continue
    re[t] = (dy[t]! * subband.re[t]!) / magnitude[t]!
    im[t] = (dy[t]! * subband.im[t]!) / magnitude[t]!
  }
  fft.forward(re, im)
  row.values.forEach((response, i) => {
    sum.re[row.start + i]! += (response * re[row.start + i]!) / fft.length
    sum.im[row.start + i]! += (response * im[row.start + i]!) / fft.length
  })
}
