import * as tf from '@tensorflow/tfjs-core'
import type { NetworkSummary } from '../domain/network.ts'
import type { CochleagramPicture } from '../domain/stimulus.ts'
import { prepareSound } from '../engine/frontends/audioPreprocessing.ts'
import { isCochleagram, type CochleagramFrontEnd } from '../engine/frontends/cochleagram.ts'
import { hear } from '../engine/frontends/hear.ts'
import type { Model } from '../engine/models/model.ts'
import { tidyNumbers } from '../engine/support/tidyNumbers.ts'
import type { WorkerContext } from './context.ts'

/**
 * Compute the cochleagram of one sound for the screen: 8 bits, 255 at its own maximum.
 *
 * @param wave  float32 [samples], full scale 1
 */
export function cochleagramPicture(frontEnd: CochleagramFrontEnd, wave: Float32Array): CochleagramPicture {
  return pictured(frontEnd, tidyNumbers(() => frontEnd.forward(tf.tensor(wave, [1, wave.length])).dataSync() as Float32Array))
}

/**
 * The cochleagram of all that a network hears, brought to the front end's rate where the network takes another.
 * Silence is added on both sides to make whole seconds, two at least.
 */
export function heardPicture(context: Pick<WorkerContext, 'frontEnd'>, network: Pick<NetworkSummary, 'input' | 'cochleagram'>, wave: Float32Array): CochleagramPicture {
  const { input } = network
  if (input.kind !== 'audio') throw new Error('A picture has no cochleagram.')
  // A network's sounds are shown with the rows that it hears with, if it hears by a cochleagram.
  const frontEnd = context.frontEnd(network.cochleagram?.rows === 171 ? 171 : 211, Math.max(2, Math.ceil(input.samples / input.sampleRateHz)))
  if (input.sampleRateHz === frontEnd.sampleRateHz && input.samples === frontEnd.samples) return cochleagramPicture(frontEnd, wave)
  const signal = { kind: 'audio' as const, sampleRateHz: input.sampleRateHz, data: wave }
  const { sampleRateHz, samples } = frontEnd
  return cochleagramPicture(frontEnd, prepareSound(signal, { sampleRateHz, samples, level: 'keep' }).data)
}

/**
 * The network's own cochleagram, of a sound or as it was moved.
 *
 * @param x      float32 [samples], or [rows x columns]
 * @param shape  of x, batch axis first
 */
export function ownPicture({ summary, frontEnd }: Pick<Model, 'summary' | 'frontEnd'>, x: Float32Array, shape: number[]): CochleagramPicture {
  if (!isCochleagram(frontEnd)) throw new Error(`Network "${summary.name}" does not hear by a cochleagram.`)
  return pictured(frontEnd, tidyNumbers(() => hear(frontEnd, tf.tensor(x, shape)).dataSync() as Float32Array))
}

function pictured({ rows, columns, frequenciesHz, envelopeRateHz }: CochleagramFrontEnd, values: Float32Array): CochleagramPicture {
  const maximum = values.reduce((a, b) => Math.max(a, b), 0)
  const scale = maximum > 0 ? 255 / maximum : 0
  const data = Uint8Array.from(values, (value) => Math.round(value * scale))
  return { rows, columns, data, maximum, frequenciesHz, envelopeRateHz }
}
