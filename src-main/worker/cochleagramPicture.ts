import * as tf from '@tensorflow/tfjs-core'
import type { NetworkSummary } from '../domain/network.ts'
import type { CochleagramPicture } from '../domain/stimulus.ts'
import { prepareSound } from '../engine/frontends/audioPreprocessing.ts'
import type { CochleagramFrontEnd } from '../engine/frontends/cochleagram.ts'
import { tidyNumbers } from '../engine/support/tidyNumbers.ts'
import type { WorkerContext } from './context.ts'

/**
 * Compute the cochleagram of one sound for the screen: 8 bits, 255 at its own maximum.
 *
 * @param wave  float32 [samples], full scale 1
 */
export function cochleagramPicture(frontEnd: CochleagramFrontEnd, wave: Float32Array): CochleagramPicture {
  const values = tidyNumbers(() => frontEnd.forward(tf.tensor(wave, [1, wave.length])).dataSync() as Float32Array)
  const { rows, columns, frequenciesHz, envelopeRateHz } = frontEnd
  const maximum = values.reduce((a, b) => Math.max(a, b), 0)
  const scale = maximum > 0 ? 255 / maximum : 0
  const data = Uint8Array.from(values, (value) => Math.round(value * scale))
  return { rows, columns, data, maximum, frequenciesHz, envelopeRateHz }
}

/**
 * The cochleagram of all that a network hears, brought to the front end's rate where the network takes another.
 * Silence is added on both sides to make whole seconds, two at least.
 */
export function cochleagramOf(context: Pick<WorkerContext, 'frontEnd'>, network: NetworkSummary, wave: Float32Array): CochleagramPicture {
  const { input } = network
  if (input.kind !== 'audio') throw new Error('A picture has no cochleagram.')
  const frontEnd = context.frontEnd(rowsFor(network), Math.max(2, Math.ceil(input.samples / input.sampleRateHz)))
  if (input.sampleRateHz === frontEnd.sampleRateHz && input.samples === frontEnd.samples) return cochleagramPicture(frontEnd, wave)
  const signal = { kind: 'audio' as const, sampleRateHz: input.sampleRateHz, data: wave }
  const { sampleRateHz, samples } = frontEnd
  return cochleagramPicture(frontEnd, prepareSound(signal, { sampleRateHz, samples, level: 'keep' }).data)
}

/** A network's sounds are shown with the rows that it hears with, if it hears by a cochleagram. */
function rowsFor(network: NetworkSummary): 211 | 171 {
  return network.stages.find((stage) => stage.name === 'cochleagram')?.shape[0] === 171 ? 171 : 211
}
