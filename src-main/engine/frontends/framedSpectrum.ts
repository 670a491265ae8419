import * as tf from '@tensorflow/tfjs-core'
import { conv2d } from '../native/convolution.ts'
import { greatestCommonDivisor } from '../support/greatestCommonDivisor.ts'
import { windowedFourier } from './windowedFourier.ts'

export interface FrameOptions {
  /** Samples of a frame, and from one frame's start to the next. The first frame begins with the first sample. */
  frameLength: number
  hop: number
  transformLength: number
}

/** Magnitude spectra of the frames of a sound. Owns its constants. */
export interface FramedSpectrum {
  /** Frames that fit into a sound of so many samples. */
  framesIn(samples: number): number
  /**
   * @param wave    float32 [batch, samples]; what lies after the last frame reaches nothing
   * @returns       float32 [batch * frames, bins]; a surrounding tidy disposes it
   * @gradient exact; 0 where a magnitude is 0
   */
  magnitudes(wave: tf.Tensor, frames: number): tf.Tensor
  dispose(): void
}

/** Set up frames under a periodic Hann window: transform and framing in one strided convolution over blocks that divide frame and hop. */
export function createFramedSpectrum({ frameLength, hop, transformLength }: FrameOptions): FramedSpectrum {
  const block = greatestCommonDivisor(frameLength, hop)
  const [span, step] = [frameLength / block, hop / block]
  const parts = transformLength + 2
  let fourier: tf.Tensor | null = null
  return {
    framesIn: (samples) => Math.floor((samples - frameLength) / hop) + 1,
    magnitudes(wave, frames) {
      fourier ??= tf.keep(tf.tensor(windowedFourier(frameLength, transformLength), [span, 1, block, parts]))
      const blocks = (frames - 1) * step + span
      const used = tf.reshape(tf.slice(wave, [0, 0], [-1, blocks * block]), [-1, blocks, 1, block])
      const spectra = conv2d(used, fourier, { strides: [step, step], padding: 'valid' })
      return magnitude(tf.reshape(spectra, [-1, parts]))
    },
    dispose() {
      fourier?.dispose()
      fourier = null
    },
  }
}

/** [n, 2 * bins], real, then imaginary parts, to [n, bins]. */
function magnitude(parts: tf.Tensor): tf.Tensor {
  return tf.customGrad((x, save) => {
    const [re, im] = tf.split(x as tf.Tensor, 2, 1)
    const y = tf.sqrt(tf.add(tf.square(re!), tf.square(im!)))
    ;(save as tf.GradSaveFunc)([x as tf.Tensor, y])
    return {
      value: y,
      gradFunc: (dy, [saved, found]) => {
        const slope = tf.divNoNan(dy, found!)
        return tf.mul(saved!, tf.concat([slope, slope], 1))
      },
    }
  })(parts)
}
