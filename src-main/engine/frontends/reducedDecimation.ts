import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { createBlockDecimation, type BlockDecimation } from './blockDecimation.ts'
import { createFft, type ComplexVector, type Fft } from '../support/fft.ts'
import type { SubbandDesign } from './subbandEnvelopes.ts'

/** Outputs at each end that see the border, where the filter is cut off: computed from the whole signal. */
const edge = 6
/** Blocks on either side of an output that the others see; beyond, the filter has died away. */
export const reach = 7

/**
 * Anti-alias filter and decimation of signals sampled at a lower rate: what the full-rate filter would give if the
 * signal were first brought back to the full rate by its Fourier series.
 *
 * @param length   values per signal, a whole number of blocks
 * @param filters  of the same design, where several lengths are wanted
 * @throws ShapeError when there are too few columns for the two ends
 */
export function createReducedDecimation(design: SubbandDesign, length: number, filters = reducedFilters(design)): BlockDecimation {
  const { columns } = design
  const block = length / columns
  const { taps, ends } = filters(length)
  const inner = createBlockDecimation(taps, block, reach * block, columns)
  const outer = tf.keep(tf.tensor2d(ends, [2 * edge, length]))

  return {
    apply: (signal) => tf.tidy(() => {
      const [first, last] = tf.split(tf.matMul(signal as tf.Tensor2D, outer, false, true), 2, 1)
      const between = tf.slice(inner.apply(signal), [0, edge], [-1, columns - 2 * edge])
      return tf.concat([first!, between, last!], 1)
    }),
    transpose: (dy) => tf.tidy(() => {
      const [first, between, last] = tf.split(dy, [edge, columns - 2 * edge, edge], 1)
      const padded = tf.pad(between as tf.Tensor2D, [[0, 0], [edge, edge]])
      return tf.add(inner.transpose(padded), tf.matMul(tf.concat([first!, last!], 1), outer))
    }),
    dispose() {
      inner.dispose()
      outer.dispose()
    },
  }
}

/** At one lower rate. */
export interface ReducedFilters {
  /** Of an output away from the ends, over `reach` blocks before and after its own. */
  taps: Float32Array
  /** Weights of the whole signal, for each output at the ends: [2 * edge, length]. */
  ends: Float32Array
}

/**
 * Filters at lower rates: the full-rate filter's spectra, computed once, cut to each rate's.
 *
 * @returns them for a length, in values per signal
 * @throws ShapeError when there are too few columns for the two ends
 */
export function reducedFilters(design: SubbandDesign): (length: number) => ReducedFilters {
  const { columns } = design
  if (columns <= 2 * (reach + edge)) {
    throw new ShapeError(`${columns} envelope values are too few for the reduced-rate method, which needs more than ${2 * (reach + edge)}. Use the exact method.`)
  }
  const middle = Math.floor(columns / 2)
  const full = createFft(design.samples)
  const spectra = [...outputsAtEnds(columns), middle].map((output) => spectrumOf(fullRateWeights(design, output), full))
  return (length) => {
    const block = length / columns
    const low = createFft(length)
    const ends = new Float32Array(2 * edge * length)
    spectra.slice(0, -1).forEach((spectrum, i) => ends.set(lowRateWeights(spectrum, low), i * length))
    const between = lowRateWeights(spectra.at(-1)!, low)
    return { taps: Float32Array.from(between.subarray((middle - reach) * block, (middle + reach + 1) * block)), ends }
  }
}

function outputsAtEnds(columns: number): number[] {
  return Array.from({ length: 2 * edge }, (_, i) => (i < edge ? i : columns - 2 * edge + i))
}

function fullRateWeights({ antiAlias, samples, factor, zerosBefore }: SubbandDesign, output: number): Float64Array {
  const weights = new Float64Array(samples)
  antiAlias.forEach((tap, j) => {
    const place = factor * output + j - zerosBefore
    if (place >= 0 && place < samples) weights[place] = tap
  })
  return weights
}

function spectrumOf(weights: Float64Array, full: Fft): ComplexVector {
  const spectrum = { re: weights, im: new Float64Array(full.length) }
  full.forward(spectrum.re, spectrum.im)
  return spectrum
}

/** Weights [length] of an output: the full-rate filter's spectrum, cut to the lower rate's. */
function lowRateWeights(spectrum: ComplexVector, low: Fft): Float64Array {
  const { length } = low
  const [re, im] = [new Float64Array(length), new Float64Array(length)]
  // Divided by the length here: the inverse does not.
  re[0] = spectrum.re[0]! / length
  for (let k = 1; k <= length / 2; k++) {
    re[k] = re[length - k] = spectrum.re[k]! / length
    im[k] = spectrum.im[k]! / length
    im[length - k] = -im[k]!
  }
  im[length / 2] = 0
  low.inverse(re, im)
  return re
}
