import type * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { antiAliasFilter } from './antiAliasFilter.ts'
import { erbFilterbank, type Filterbank, type FilterbankOptions } from './erbFilterbank.ts'

export interface SubbandOptions extends FilterbankOptions {
  envelopeRateHz: number
  /** Length of the anti-alias filter. */
  taps: number
}

/** Everything about a front end that does not depend on the sound. */
export interface SubbandDesign {
  filterbank: Filterbank
  samples: number
  /** Samples per envelope value. */
  factor: number
  /** Envelope values per row. */
  columns: number
  antiAlias: Float64Array
  /** Zeros before the signal that the anti-alias filter sees (TensorFlow's SAME; the rest comes after it). */
  zerosBefore: number
}

/** Envelopes of one sound, and the way back. */
export interface SubbandAnalysis {
  /** float32 [rows, columns], at the envelope rate, not yet rectified */
  envelopes: tf.Tensor
  /** What `gradient` needs, to be saved until then. */
  kept: tf.Tensor[]
  /**
   * @param dy    gradient with respect to the envelopes
   * @param kept  the saved tensors, in the same order
   * @returns     gradient with respect to the wave, [samples]; zero where a subband is exactly zero
   */
  gradient(dy: tf.Tensor, kept: readonly tf.Tensor[]): tf.Tensor
}

/** One way to compute envelopes. Owns its constants. */
export interface SubbandMethod {
  /** @param wave float32 [samples]; results are disposed by a surrounding tidy */
  analyse(wave: tf.Tensor): SubbandAnalysis
  dispose(): void
}

/**
 * Work out filters and sizes of a front end: subbands of the half spectrum (positive frequencies not doubled, DC
 * and Nyquist kept), their magnitude, then the anti-alias filter and every `factor`-th value.
 *
 * @throws ShapeError when the samples are no whole number of envelope values
 * @source tfcochleagram, hilbert_transform_from_fft with rFFT
 */
export function designSubbands(options: SubbandOptions): SubbandDesign {
  const factor = options.sampleRateHz / options.envelopeRateHz
  const columns = options.samples / factor
  if (!Number.isInteger(factor) || !Number.isInteger(columns)) {
    throw new ShapeError(
      `${options.samples} samples at ${options.sampleRateHz} Hz are not a whole number of envelope values at ${options.envelopeRateHz} Hz. Choose a length and rates that divide evenly.`,
    )
  }
  const zeros = Math.max((columns - 1) * factor + options.taps - options.samples, 0)
  return {
    filterbank: erbFilterbank(options),
    samples: options.samples,
    factor,
    columns,
    antiAlias: antiAliasFilter(options.taps, factor),
    zerosBefore: Math.floor(zeros / 2),
  }
}
