import type * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '../../domain/errors.ts'

/**
 * Require sounds of one length.
 *
 * @param what  takes them, e.g. "cochleagram"
 * @throws ShapeError when they are not [batch, samples]
 */
export function checkSounds(wave: tf.Tensor, samples: number, what: string): void {
  if (wave.rank === 2 && wave.shape[1] === samples) return
  throw new ShapeError(
    `The ${what} takes sounds of ${samples} samples, [batch, ${samples}]; this one is [${wave.shape.join(', ')}]. Cut or pad it to that length first.`,
  )
}
