import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { matMul } from '../native/matMul.ts'
import { checkSounds } from './checkSounds.ts'
import { clippedLog } from './clippedLog.ts'
import { createFramedSpectrum } from './framedSpectrum.ts'
import type { FrontEnd } from './frontEnd.ts'
import { htkMelFilterbank } from './htkMelFilterbank.ts'
import { createResampler } from './resampler.ts'

const internalHz = 16_000
const transformLength = 512
const filters = 40
const coefficients = 26
/** Frames on each side that a step sees beside its own; zeros beyond the sound. */
const context = 9
/** Magnitudes in a band below this are taken as this. */
const floor = 1e-12

/**
 * Set up the framed MFCC of DeepSpeech's later releases, as TensorFlow's audio operations compute them: at 16 kHz (resampled
 * inside), frames of 32 ms every 20 ms, periodic Hann window, magnitudes, 40 mel bands from 20 to 8000 Hz beginning with the second
 * bin above, logarithm, 26 coefficients of a discrete cosine transform scaled by sqrt(2 / 40), each step with the nine frames
 * before and after: [batch, steps, 494, 1]. (Releases up to 0.1 computed theirs in Python: 26 bands of power, 25 ms every 10 ms,
 * every second one kept.)
 *
 * @gradient exact but for the slope of the logarithm, which is clipped to 1
 * @throws ShapeError when the sounds are shorter than a frame
 * @source DeepSpeech 0.9.3, util/feeding.py; TensorFlow, core/kernels/mfcc*.cc
 */
export function createMfccFrontEnd({ samples, sampleRateHz }: Pick<FrontEnd, 'samples' | 'sampleRateHz'>): FrontEnd {
  const resampler = createResampler(samples, sampleRateHz, internalHz)
  const spectrum = createFramedSpectrum({ frameLength: 512, hop: 320, transformLength })
  const rows = spectrum.framesIn(resampler.samples)
  if (rows <= 0) throw new ShapeError(`The MFCC front end takes at least one frame of 32 ms; ${samples} samples at ${sampleRateHz} Hz are less. Choose a longer input.`)
  const columns = (2 * context + 1) * coefficients
  let constants: { bands: tf.Tensor; cosines: tf.Tensor } | null = null
  return {
    rows,
    columns,
    samples,
    sampleRateHz,
    forward(wave) {
      checkSounds(wave, samples, 'MFCC front end')
      return tf.tidy(() => {
        const { bands, cosines } = (constants ??= { bands: tf.keep(melBands()), cosines: tf.keep(cosineTransform()) })
        const bandMagnitudes = matMul(spectrum.magnitudes(resampler.forward(wave), rows), bands)
        const mfcc = matMul(clippedLog(bandMagnitudes, floor), cosines)
        return tf.expandDims(withContext(tf.reshape(mfcc, [-1, rows, coefficients])), -1)
      })
    },
    dispose() {
      if (constants) tf.dispose([constants.bands, constants.cosines])
      constants = null
      resampler.dispose()
      spectrum.dispose()
    },
  }
}

/** [batch, steps, n] to [batch, steps, (2 * context + 1) * n], the earliest frame first. */
function withContext(frames: tf.Tensor): tf.Tensor {
  const steps = frames.shape[1]!
  const padded = tf.pad(frames as tf.Tensor3D, [[0, 0], [context, context], [0, 0]])
  return tf.concat(Array.from({ length: 2 * context + 1 }, (_, i) => tf.slice(padded, [0, i, 0], [-1, steps, -1])), 2)
}

function melBands(): tf.Tensor {
  const values = htkMelFilterbank({ sampleRateHz: internalHz, transformLength, filters, lowestHz: 20, highestHz: 8000, firstBin: 2 })
  return tf.tensor2d(Float32Array.from(values), [transformLength / 2 + 1, filters])
}

function cosineTransform(): tf.Tensor {
  return tf.tensor2d(Float32Array.from({ length: filters * coefficients }, (_, i) => {
    const [band, coefficient] = [Math.floor(i / coefficients), i % coefficients]
    return Math.sqrt(2 / filters) * Math.cos((Math.PI / filters) * coefficient * (band + 0.5))
  }), [filters, coefficients])
}
