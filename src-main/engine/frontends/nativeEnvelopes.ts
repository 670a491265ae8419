import * as tf from '@tensorflow/tfjs-core'
import { complexAbs, complexMul, divideOrZero, fft, gather, ifft, realToSpectrum, scatter, spectrumToReal, sumBySegment, toComplex } from '../native/spectrum.ts'
import { createBlockDecimation, type BlockDecimation } from './blockDecimation.ts'
import { createReducedDecimation, reducedFilters } from './reducedDecimation.ts'
import { bandsAtReducedRate, wholeBank, type Band } from './subbandBands.ts'
import type { SubbandDesign, SubbandMethod } from './subbandEnvelopes.ts'

/** Compute subband envelopes with TensorFlow's own transforms, every subband at the full rate. */
export function createExactEnvelopes(design: SubbandDesign): SubbandMethod {
  return createNativeEnvelopes(design, wholeBank(design))
}

/**
 * Compute subband envelopes with TensorFlow's own transforms, narrow subbands at lower rates: two to three times
 * faster. The only error is what the magnitude's spectrum holds above half the lower rate.
 */
export function createReducedRateEnvelopes(design: SubbandDesign): SubbandMethod {
  return createNativeEnvelopes(design, bandsAtReducedRate(design))
}

/**
 * A subband is zero but for a run of bins, and its magnitude does not change when the run is moved to the first
 * bins: so each band of rows goes back to time at a rate of its own. At the full rate a sound
 * takes about 100 MB until its gradient is taken.
 */
function createNativeEnvelopes(design: SubbandDesign, bands: Band[]): SubbandMethod {
  const { samples } = design
  const { bins } = design.filterbank
  const filters = sparseFilters(design, bands)
  const decimations = decimationsFor(design, bands)
  const parts = bands.map((band, b) => ({ ...band, places: filters.places[b]!, decimation: decimations[b]! }))
  const counts = filters.places.map((places) => places.size)

  /** [samples] to the complex subbands of each band, [rows of the band, length]. */
  function subbandsOf(wave: tf.Tensor): tf.Tensor[] {
    const filtered = complexMul(gather(realToSpectrum(wave, samples), filters.bins), filters.responses)
    return tf.split(filtered, counts).map((values, b) => {
      const { rows, length, places } = parts[b]!
      return ifft(tf.reshape(scatter(values, places, rows.length * length), [rows.length, length]))
    })
  }

  /** Gradient with respect to one band's envelopes to that with respect to its run of filtered bins. */
  function bandGradient(dy: tf.Tensor, part: (typeof parts)[number], subbands: tf.Tensor, magnitudes: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const slope = divideOrZero(part.decimation.transpose(dy), magnitudes)
      const towardsBins = fft(complexMul(toComplex(slope), subbands))
      return gather(tf.reshape(towardsBins, [-1]), part.places)
    })
  }

  /** Gradient with respect to the envelopes [rows, columns] to that with respect to the wave [samples]. */
  function waveGradient(dy: tf.Tensor, kept: readonly tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const pieces = tf.split(dy, parts.map((part) => part.rows.length))
      const towardsBins = parts.map((part, b) => bandGradient(pieces[b]!, part, kept[2 * b]!, kept[2 * b + 1]!))
      return spectrumToReal(sumBySegment(complexMul(joined(towardsBins), filters.adjoint), filters.bins, bins), samples)
    })
  }

  return {
    analyse(wave) {
      const found = subbandsOf(wave).map((subbands) => [subbands, complexAbs(subbands)] as const)
      const envelopes = found.map(([, magnitudes], b) => parts[b]!.decimation.apply(magnitudes))
      return { envelopes: joined(envelopes), kept: found.flat(), gradient: waveGradient }
    },
    dispose() {
      tf.dispose([filters.bins, filters.responses, filters.adjoint, ...filters.places])
      for (const part of parts) part.decimation.dispose()
    },
  }
}

/** The filters' non-zero responses, band after band: their bins, their values, and their places in each band's spectra. */
function sparseFilters({ filterbank, samples }: SubbandDesign, bands: Band[]) {
  const binOf: number[] = []
  const forward: number[] = []
  const adjoint: number[] = []
  const placeOf = bands.map((band) => band.rows.flatMap((row, r) => Array.from(row.values, (value, i) => {
    binOf.push(row.start + i)
    // The inverse transform of a band divides by its own length.
    forward.push((value * band.length) / samples)
    // The inverse real transform counts every bin twice but DC and Nyquist.
    adjoint.push(row.start + i === 0 || row.start + i === filterbank.bins - 1 ? value : value / 2)
    return r * band.length + i
  })))
  return tf.tidy(() => ({
    bins: tf.keep(tf.tensor1d(binOf, 'int32')),
    responses: tf.keep(toComplex(tf.tensor1d(forward))),
    adjoint: tf.keep(toComplex(tf.tensor1d(adjoint))),
    places: placeOf.map((places) => tf.keep(tf.tensor1d(places, 'int32'))),
  }))
}

function decimationsFor(design: SubbandDesign, bands: readonly Band[]): BlockDecimation[] {
  let filters: ReturnType<typeof reducedFilters> | null = null
  return bands.map(({ length }) => (length === design.samples
    ? createBlockDecimation(design.antiAlias, design.factor, design.zerosBefore, design.columns)
    : createReducedDecimation(design, length, (filters ??= reducedFilters(design)))))
}

function joined(tensors: tf.Tensor[]): tf.Tensor {
  return tensors.length === 1 ? tensors[0]! : tf.concat(tensors)
}
