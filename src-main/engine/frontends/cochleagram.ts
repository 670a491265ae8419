import * as tf from '@tensorflow/tfjs-core'
import { installedKernels } from '../native/kernels.ts'
import { isNative } from '../native/tensorflow.ts'
import { checkSounds } from './checkSounds.ts'
import { compress, compressGradient, compression2023, type Compression } from './compression.ts'
import type { FrontEnd } from './frontEnd.ts'
import { createKernelEnvelopes, kernelsCan } from './kernelEnvelopes.ts'
import { createExactEnvelopes, createReducedRateEnvelopes } from './nativeEnvelopes.ts'
import { createPlainEnvelopes } from './plainEnvelopes.ts'
import { designSubbands, onlyKept, type SubbandDesign, type SubbandMethod, type SubbandOptions } from './subbandEnvelopes.ts'

export interface CochleagramOptions {
  /** 50 gives 211 rows, as the published code; 40 gives the 171 of the paper's text. */
  filters: 50 | 40
  /**
   * 'exact' (default): TensorFlow at the full rate. 'reduced': narrow subbands at lower rates, by the compiled kernels or else TensorFlow, faster.
   * 'plain': JavaScript in double precision, the only one that other engines than TensorFlow have.
   */
  method?: CochleagramMethod
  /** Length of the sounds in whole seconds: 2 by default, as the networks have it; others are for showing. */
  durationS?: number
}

export type CochleagramMethod = keyof typeof methods

/** From a wave to compressed subband envelopes. */
export interface CochleagramFrontEnd extends FrontEnd {
  envelopeRateHz: number
  /** Centre of each row; nominal for the four lowest and four highest. */
  frequenciesHz: Float32Array
  /**
   * Compute the cochleagram of each sound.
   *
   * @param wave  float32 [batch, samples], full scale 1
   * @returns     float32 [batch, rows, columns, 1], rows low to high; the caller disposes it
   * @throws ShapeError when the sounds have another length
   * @gradient exact but for the slope of the power 0.3, which is clipped, to 1 or, in 2023, to 5
   */
  forward(wave: tf.Tensor): tf.Tensor
}

export function isCochleagram(frontEnd: FrontEnd | null | undefined): frontEnd is CochleagramFrontEnd {
  return !!frontEnd && 'frequenciesHz' in frontEnd
}

const methods = {
  exact: createExactEnvelopes,
  reduced: createReduced,
  plain: createPlainEnvelopes,
} satisfies Record<string, (design: SubbandDesign) => SubbandMethod>

/**
 * Set up the front end of the 2019 audio networks: two seconds at 20 kHz in, envelopes at 200 Hz out.
 * The paper prints 20 to 80 Hz for the range; the published code has 20 to 8000 Hz.
 *
 * @source Feather et al. 2019, section 3.2; authors' 2019 code, build_word_network; tfcochleagram
 */
export function createCochleagramFrontEnd({ filters, method, durationS = 2 }: CochleagramOptions): CochleagramFrontEnd {
  return createFrontEnd({
    samples: 20_000 * durationS, sampleRateHz: 20_000, envelopeRateHz: 200, taps: 1001,
    filters, sampleFactor: 4, lowestHz: 20, highestHz: 8000,
  }, method)
}

/**
 * Set up the front end of the authors' 2023 networks: 50 to 10000 Hz, envelope values only where the anti-alias filter lies within
 * the sound (390 in two seconds), another compression. Subbands and filter are taken to be those of 2019.
 *
 * @source authors' 2023 code, audio_input_representations; chcochleagram
 */
export function create2023FrontEnd({ method, durationS = 2 }: Pick<CochleagramOptions, 'method' | 'durationS'> = {}): CochleagramFrontEnd {
  return createFrontEnd({
    samples: 20_000 * durationS, sampleRateHz: 20_000, envelopeRateHz: 200, taps: 1001, border: 'left out',
    filters: 50, sampleFactor: 4, lowestHz: 50, highestHz: 10_000,
  }, method, compression2023)
}

/** The same with every size free, for small tests. */
export function createFrontEnd(options: SubbandOptions, method: CochleagramMethod = 'exact', compression?: Compression): CochleagramFrontEnd {
  const design = designSubbands(options)
  let subbands: SubbandMethod | null = null

  return {
    rows: design.filterbank.rows.length,
    columns: design.kept.count,
    samples: options.samples,
    sampleRateHz: options.sampleRateHz,
    envelopeRateHz: options.envelopeRateHz,
    frequenciesHz: design.filterbank.frequenciesHz,
    forward(wave) {
      checkSounds(wave, options.samples, 'cochleagram')
      const chosen = (subbands ??= onlyKept(design, methods[isNative() ? method : 'plain'](design)))
      // Sound by sound: what one needs on the way is freed before the next, unless its gradient is wanted.
      return tf.tidy(() => tf.expandDims(tf.stack(soundsOf(wave).map((sound) => cochleagram(sound, chosen, compression))), -1))
    },
    dispose() {
      subbands?.dispose()
      subbands = null
    },
  }
}

function createReduced(design: SubbandDesign): SubbandMethod {
  const kernels = installedKernels()
  return kernels && kernelsCan(design) ? createKernelEnvelopes(design, kernels) : createReducedRateEnvelopes(design)
}

/** Each [samples] of a batch. By slices: the gradient of tf.unstack fails for a batch of one. */
function soundsOf(wave: tf.Tensor): tf.Tensor[] {
  const [batch, samples] = wave.shape as [number, number]
  return Array.from({ length: batch }, (_, i) => tf.reshape(tf.slice(wave, [i, 0], [1, samples]), [samples]))
}

/** [samples] to [rows, columns]. */
function cochleagram(wave: tf.Tensor, subbands: SubbandMethod, compression?: Compression): tf.Tensor {
  return tf.customGrad((input, save) => {
    const { envelopes, kept, gradient } = subbands.analyse(input as tf.Tensor)
    ;(save as tf.GradSaveFunc)([envelopes, ...kept])
    return {
      value: compress(envelopes, compression),
      gradFunc: (dy, [saved, ...rest]) => gradient(compressGradient(dy, saved!, compression), rest),
    }
  })(wave)
}
