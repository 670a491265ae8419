import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { conv2d } from '../native/convolution.ts'
import { greatestCommonDivisor } from '../support/greatestCommonDivisor.ts'
import { resampleFilter, resampleReach } from './resample.ts'

/** A change of the sample rate inside a network. Owns its constants. */
export interface Resampler {
  /** After it. */
  samples: number
  /**
   * @param wave  float32 [batch, samples before]
   * @returns     float32 [batch, samples]; the caller disposes it (or a surrounding tidy does)
   * @gradient exact: the operator is linear, and its gradient is its transpose
   */
  forward(wave: tf.Tensor): tf.Tensor
  dispose(): void
}

/**
 * Set up a polyphase filter, the same as `resample` has: from 20 to 16 kHz each block of five samples makes four, of 33 blocks
 * around it. As a convolution over blocks it is one product, and so is its transpose. The sound is silent before and after.
 *
 * @throws ShapeError when the sound is no whole number of blocks
 */
export function createResampler(samples: number, fromHz: number, toHz: number): Resampler {
  if (fromHz === toHz) return { samples, forward: (wave) => wave, dispose: () => undefined }
  const common = greatestCommonDivisor(fromHz, toHz)
  const [taken, given] = [fromHz / common, toHz / common]
  const blocks = samples / taken
  if (!Number.isInteger(blocks)) {
    throw new ShapeError(`${samples} samples at ${fromHz} Hz are not a whole number at ${toHz} Hz. Choose a length that ${taken} divides.`)
  }
  let filter: tf.Tensor | null = null
  return {
    samples: blocks * given,
    forward: (wave) => tf.tidy(() => {
      filter ??= tf.keep(polyphaseFilter(taken, given))
      const cut = tf.reshape(wave, [-1, blocks, 1, taken])
      return tf.reshape(conv2d(cut, filter, { strides: [1, 1], padding: 'same' }), [-1, blocks * given])
    }),
    dispose() {
      filter?.dispose()
      filter = null
    },
  }
}

/** [blocks it reaches over, 1, samples taken, samples given] */
function polyphaseFilter(taken: number, given: number): tf.Tensor {
  const scale = Math.min(1, given / taken)
  // The last of the given samples lies up to a block after the first of the taken ones.
  const reach = Math.ceil(resampleReach / scale / taken)
  const shape = [2 * reach + 1, 1, taken, given]
  return tf.tensor(Float32Array.from({ length: (2 * reach + 1) * taken * given }, (_, i) => {
    const [sample, phase] = [Math.floor(i / given) - reach * taken, i % given]
    return scale * resampleFilter(scale * (sample - (phase * taken) / given))
  }), shape)
}
