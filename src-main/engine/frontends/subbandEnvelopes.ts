import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { antiAliasFilter } from './antiAliasFilter.ts'
import { erbFilterbank, type Filterbank, type FilterbankOptions } from './erbFilterbank.ts'

export interface SubbandOptions extends FilterbankOptions {
  envelopeRateHz: number
  /** Length of the anti-alias filter. */
  taps: number
  /** Envelope values whose filter reaches beyond the sound: it sees zeros there (TensorFlow's SAME, the default), or they are left out. */
  border?: 'zeros' | 'left out'
}

/** Everything about a front end that does not depend on the sound. */
export interface SubbandDesign {
  filterbank: Filterbank
  samples: number
  /** Samples per envelope value. */
  factor: number
  /** Envelope values per row. */
  columns: number
  /** Which of them are given. */
  kept: { first: number; count: number }
  antiAlias: Float64Array
  /** Zeros before the signal that the anti-alias filter sees; the rest comes after it. */
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
  return {
    filterbank: erbFilterbank(options),
    samples: options.samples,
    factor,
    columns,
    antiAlias: antiAliasFilter(options.taps, factor),
    ...borderOf(options, factor, columns),
  }
}

function borderOf({ samples, taps, border }: SubbandOptions, factor: number, columns: number): Pick<SubbandDesign, 'zerosBefore' | 'kept'> {
  if (border !== 'left out') {
    const zeros = Math.max((columns - 1) * factor + taps - samples, 0)
    return { zerosBefore: Math.floor(zeros / 2), kept: { first: 0, count: columns } }
  }
  // A whole number of values, so that the first one kept begins with the first sample.
  const first = Math.ceil(taps / 2 / factor)
  return { zerosBefore: first * factor, kept: { first, count: Math.floor((samples - taps) / factor) + 1 } }
}

/** Leave out the envelope values that are not kept. */
export function onlyKept({ columns, kept: { first, count } }: SubbandDesign, method: SubbandMethod): SubbandMethod {
  if (count === columns) return method
  return {
    analyse(wave) {
      const { envelopes, kept, gradient } = method.analyse(wave)
      return {
        envelopes: tf.slice(envelopes, [0, first], [-1, count]),
        kept,
        gradient: (dy, saved) => gradient(tf.pad(dy as tf.Tensor2D, [[0, 0], [first, columns - first - count]]), saved),
      }
    },
    dispose: () => method.dispose(),
  }
}
