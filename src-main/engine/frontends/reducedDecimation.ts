import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { createBlockDecimation, type BlockDecimation } from './blockDecimation.ts'
import { createFft, type Fft } from '../support/fft.ts'
import type { SubbandDesign } from './subbandEnvelopes.ts'

/** Outputs at each end that see the border, where the filter is cut off: computed from the whole signal. */
const edge = 6
/** Blocks on either side of an output that the others see; beyond, the filter has died away. */
export const reach = 7

/**
 * Anti-alias filter and decimation of signals sampled at a lower rate: what the full-rate filter would give if the
 * signal were first brought back to the full rate by its Fourier series.
 *
 * @param length  values per signal, a whole number of blocks
 * @throws ShapeError when there are too few columns for the two ends
 */
export function createReducedDecimation(design: SubbandDesign, length: number): BlockDecimation {
  const { columns } = design
  const block = length / columns
  const { taps, ends } = reducedFilters(design, length)
  const inner = createBlockDecimation(taps, block, reach * block, columns)
  const outer = tf.keep(tf.tensor2d(Float32Array.from(ends.flatMap((row) => Array.from(row))), [2 * edge, length]))

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

/**
 * Filters at the lower rate: taps of an output away from the ends, over `reach` blocks before and after its own, and
 * for each output at the ends the weights of the whole signal.
 *
 * @throws ShapeError when there are too few columns for the two ends
 */
export function reducedFilters(design: SubbandDesign, length: number): { taps: Float64Array; ends: Float64Array[] } {
  const { columns } = design
  if (columns <= 2 * (reach + edge)) {
    throw new ShapeError(`${columns} envelope values are too few for the reduced-rate method, which needs more than ${2 * (reach + edge)}. Use the exact method.`)
  }
  const block = length / columns
  const middle = Math.floor(columns / 2)
  const ends = filterRows(design, length, [...outputsAtEnds(columns), middle])
  const taps = ends.pop()!.slice((middle - reach) * block, (middle + reach + 1) * block)
  return { taps, ends }
}

function outputsAtEnds(columns: number): number[] {
  return Array.from({ length: 2 * edge }, (_, i) => (i < edge ? i : columns - 2 * edge + i))
}

/** Weights [length] of chosen outputs: the full-rate filter's spectrum, cut to the lower rate's. */
function filterRows(design: SubbandDesign, length: number, outputs: number[]): Float64Array[] {
  const full = createFft(design.samples)
  const low = createFft(length)
  return outputs.map((output) => lowRateWeights(fullRateWeights(design, output), full, low))
}

function fullRateWeights({ antiAlias, samples, factor, zerosBefore }: SubbandDesign, output: number): Float64Array {
  const weights = new Float64Array(samples)
  antiAlias.forEach((tap, j) => {
    const place = factor * output + j - zerosBefore
    if (place >= 0 && place < samples) weights[place] = tap
  })
  return weights
}

function lowRateWeights(weights: Float64Array, full: Fft, low: Fft): Float64Array {
  const spectrum = { re: weights, im: new Float64Array(full.length) }
  full.forward(spectrum.re, spectrum.im)
  const half = low.length / 2
  const cut = (from: Float64Array, sign: 1 | -1) => Float64Array.from({ length: low.length }, (_, k) =>
    k <= half ? from[k]! : sign * from[low.length - k]!)
  const [re, im] = [cut(spectrum.re, 1), cut(spectrum.im, -1)]
  im[half] = 0
  low.inverse(re, im)
  return re.map((x) => x / low.length)
}
