import * as tf from '@tensorflow/tfjs-core'
import { hear } from '../frontends/hear.ts'
import type { Model } from '../models/model.ts'
import { tidyNumbers } from '../support/tidyNumbers.ts'

/**
 * Compute what a network's front end makes of a sound.
 *
 * @param wave  float32 [samples], as the network takes it
 * @returns     float32 [rows x columns]
 */
export function cochleagramOf({ summary, frontEnd }: Pick<Model, 'summary' | 'frontEnd'>, wave: Float32Array): Float32Array {
  if (!frontEnd) throw new Error(`Network "${summary.name}" has no front end.`)
  return tidyNumbers(() => hear(frontEnd, tf.tensor(wave, [1, wave.length])).dataSync() as Float32Array)
}
