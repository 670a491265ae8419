import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'
import { matMul } from '../native/matMul.ts'
import { checkSounds } from './checkSounds.ts'
import type { FrontEnd } from './frontEnd.ts'
import { melFilterbank, type MelOptions } from './melFilterbank.ts'
import { windowedFourier } from './windowedFourier.ts'

export interface LogMelOptions extends MelOptions {
  samples: number
  /** Frames half a frame apart. The first is centred on the first sample; none may need samples after the last. */
  frames: number
}

/** From a wave to the logarithm of its power in mel bands: rows are frames, columns bands from low to high. */
export interface LogMelFrontEnd extends FrontEnd {
  /**
   * Compute log10(10000 S + 1) of the power S in each frame and mel band.
   *
   * @param wave  float32 [batch, samples], full scale 1
   * @returns     float32 [batch, rows, columns, 1]; the caller disposes it
   * @throws ShapeError when the sounds have another length
   * @gradient exact. The slope of a logarithm is clipped to 1 in this method; the 1 under this one keeps it there
   */
  forward(wave: tf.Tensor): tf.Tensor
}

const gain = 10_000

/**
 * Set up the front end of the musicnn networks: 3 s at 16 kHz in, 187 frames of 96 bands out. The last 128 samples
 * lie after the last frame and reach nothing.
 * Departure: the package rounds the power to half precision, which becomes infinite above 6.55; not so here.
 *
 * @source PyPI musicnn 0.1.0, extractor.py, with librosa's defaults of 2019 (reflection at the ends)
 */
export function createMusicnnFrontEnd(samples = 48_000): LogMelFrontEnd {
  return createLogMelFrontEnd({ samples, sampleRateHz: 16_000, frameLength: 512, frames: Math.floor(samples / 256), filters: 96 })
}

/**
 * The same with every size free, for small tests.
 * The Fourier transform is a matrix product: at this length as fast as the rest, and the same on every engine.
 */
export function createLogMelFrontEnd(options: LogMelOptions): LogMelFrontEnd {
  const { samples, sampleRateHz, frameLength, frames, filters } = options
  const hop = frameLength / 2
  if (frames * hop > samples) throw new ShapeError(`${frames} frames of ${frameLength} samples need ${frames * hop} samples; the sound has ${samples}. Take fewer frames or a longer sound.`)
  let constants: { fourier: tf.Tensor; bands: tf.Tensor } | null = null

  return {
    rows: frames,
    columns: filters,
    samples,
    sampleRateHz,
    forward(wave) {
      checkSounds(wave, samples, 'log-mel front end')
      const { fourier, bands } = (constants ??= constantsFor(options))
      return tf.tidy(() => {
        const parts = matMul(framesOf(wave, frames, hop), fourier)
        const power = matMul(tf.square(parts), bands)
        return tf.reshape(tf.div(tf.log(tf.add(tf.mul(power, gain), 1)), Math.LN10), [-1, frames, filters, 1])
      })
    },
    dispose() {
      if (constants) tf.dispose([constants.fourier, constants.bands])
      constants = null
    },
  }
}

/** Frames of two hops each, [batch * frames, 2 * hop]. Before the first sample the sound is reflected; the first is not repeated. */
function framesOf(wave: tf.Tensor, frames: number, hop: number): tf.Tensor {
  const batch = wave.shape[0]!
  const before = tf.reverse(tf.slice(wave, [0, 1], [batch, hop]), 1)
  const padded = tf.concat([before, tf.slice(wave, [0, 0], [batch, frames * hop])], 1)
  const hops = tf.reshape(padded, [batch, frames + 1, hop])
  const firstHalves = tf.slice(hops, [0, 0, 0], [batch, frames, hop])
  const secondHalves = tf.slice(hops, [0, 1, 0], [batch, frames, hop])
  return tf.reshape(tf.concat([firstHalves, secondHalves], 2), [batch * frames, 2 * hop])
}

/**
 * `fourier` [frameLength, 2 * bins]: window and transform, real parts, then imaginary parts.
 * `bands` [2 * bins, filters]: sums the squares of both into mel bands.
 */
function constantsFor(options: LogMelOptions): { fourier: tf.Tensor; bands: tf.Tensor } {
  const { frameLength, filters } = options
  const bins = frameLength / 2 + 1
  const mel = melFilterbank(options)
  const bands = Float32Array.from({ length: 2 * bins * filters }, (_, i) => mel[(i % filters) * bins + (Math.floor(i / filters) % bins)]!)
  return tf.tidy(() => ({
    fourier: tf.keep(tf.tensor2d(windowedFourier(frameLength, frameLength), [frameLength, 2 * bins])),
    bands: tf.keep(tf.tensor2d(bands, [2 * bins, filters])),
  }))
}
