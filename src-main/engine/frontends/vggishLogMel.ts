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
const filters = 64
/** Frames of a patch, the 0.96 s that VGGish takes at once. */
const patch = 96
/** Added before the logarithm. */
const offset = 0.01

/**
 * Set up the log-mel of VGGish: at 16 kHz (resampled inside), frames of 25 ms every 10 ms, periodic Hann window, magnitudes, 64 mel
 * bands from 125 to 7500 Hz, log(mel + 0.01). As many frames as fill whole patches of 96; the others are left out: two
 * seconds give 192 of their 198, and the last 65 ms reach nothing.
 *
 * @gradient exact but for the slope of the logarithm, which is clipped to 1 (it would reach 100)
 * @throws ShapeError when the sounds are shorter than a patch
 * @source AudioSet's VGGish, vggish_params.py and mel_features.py
 */
export function createVggishFrontEnd({ samples, sampleRateHz }: Pick<FrontEnd, 'samples' | 'sampleRateHz'>): FrontEnd {
  const resampler = createResampler(samples, sampleRateHz, internalHz)
  const spectrum = createFramedSpectrum({ frameLength: 400, hop: 160, transformLength })
  const rows = patch * Math.floor(spectrum.framesIn(resampler.samples) / patch)
  if (rows <= 0) throw new ShapeError(`VGGish takes at least ${patch} frames of sound, 0.975 s; ${samples} samples at ${sampleRateHz} Hz are less. Choose a longer input.`)
  let bands: tf.Tensor | null = null
  return {
    rows,
    columns: filters,
    samples,
    sampleRateHz,
    forward(wave) {
      checkSounds(wave, samples, 'VGGish front end')
      return tf.tidy(() => {
        bands ??= tf.keep(melBands())
        const mel = matMul(spectrum.magnitudes(resampler.forward(wave), rows), bands)
        return tf.reshape(clippedLog(tf.add(mel, offset), offset), [-1, rows, filters, 1])
      })
    },
    dispose() {
      bands?.dispose()
      bands = null
      resampler.dispose()
      spectrum.dispose()
    },
  }
}

function melBands(): tf.Tensor {
  const values = htkMelFilterbank({ sampleRateHz: internalHz, transformLength, filters, lowestHz: 125, highestHz: 7500 })
  return tf.tensor2d(Float32Array.from(values), [transformLength / 2 + 1, filters])
}
