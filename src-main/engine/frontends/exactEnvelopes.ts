import * as tf from '@tensorflow/tfjs-core'
import { complexAbs, complexMul, fft, gather, ifft, realToSpectrum, scatter, spectrumToReal, sumBySegment, toComplex } from '../native/spectrum.ts'
import { createBlockDecimation } from './blockDecimation.ts'
import type { SubbandDesign, SubbandMethod } from './subbandEnvelopes.ts'

/**
 * Compute subband envelopes with TensorFlow's own transforms, every subband at the full rate.
 * A batch goes sound by sound: each takes about 100 MB until its gradient is taken.
 */
export function createExactEnvelopes(design: SubbandDesign): SubbandMethod {
  const { samples } = design
  const { rows, bins } = design.filterbank
  const sparse = sparseFilters(design)
  const decimation = createBlockDecimation(design.antiAlias, design.factor, design.zerosBefore)

  /** [samples] to the complex subbands [rows, samples]. */
  function subbandsOf(wave: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const spectrum = realToSpectrum(wave, samples)
      const filtered = complexMul(gather(spectrum, sparse.bins), sparse.responses)
      return ifft(tf.reshape(scatter(filtered, sparse.places, rows.length * samples), [rows.length, samples]))
    })
  }

  /** Gradient with respect to the envelopes [rows, columns] to that with respect to the wave [samples]. */
  function waveGradient(dy: tf.Tensor, subbands: tf.Tensor, magnitudes: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const towardsSubbands = tf.tidy(() => {
        const slope = tf.divNoNan(decimation.transpose(dy), magnitudes)
        return fft(complexMul(toComplex(slope), subbands))
      })
      const filtered = complexMul(gather(tf.reshape(towardsSubbands, [-1]), sparse.places), sparse.adjoint)
      return spectrumToReal(sumBySegment(filtered, sparse.bins, bins), samples)
    })
  }

  return {
    analyse(wave) {
      const kept: tf.Tensor[] = []
      const envelopes = tf.unstack(wave).map((item) => {
        const subbands = subbandsOf(item)
        const magnitudes = complexAbs(subbands)
        kept.push(subbands, magnitudes)
        return decimation.apply(magnitudes)
      })
      return {
        envelopes: tf.stack(envelopes),
        kept,
        gradient: (dy, saved) =>
          tf.stack(tf.unstack(dy).map((item, i) => waveGradient(item, saved[2 * i]!, saved[2 * i + 1]!))),
      }
    },
    dispose() {
      tf.dispose(Object.values(sparse))
      decimation.dispose()
    },
  }
}

/** The filters' non-zero responses, one entry each: its bin, its place in [rows, samples], and its value. */
function sparseFilters({ filterbank, samples }: SubbandDesign) {
  const binOf: number[] = []
  const place: number[] = []
  const response: number[] = []
  filterbank.rows.forEach((row, r) => row.values.forEach((value, i) => {
    binOf.push(row.start + i)
    place.push(r * samples + row.start + i)
    response.push(value)
  }))
  return tf.tidy(() => ({
    bins: tf.keep(tf.tensor1d(binOf, 'int32')),
    places: tf.keep(tf.tensor1d(place, 'int32')),
    responses: tf.keep(toComplex(tf.tensor1d(response))),
    // The inverse real transform counts every bin twice but DC and Nyquist; its 1/samples cancels that of the subbands.
    adjoint: tf.keep(toComplex(tf.tensor1d(response.map((value, i) => (isEdge(binOf[i]!, samples) ? value : value / 2))))),
  }))
}

function isEdge(bin: number, samples: number): boolean {
  return bin === 0 || bin === samples / 2
}
