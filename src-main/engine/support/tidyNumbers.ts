import * as tf from '@tensorflow/tfjs-core'

/**
 * Compute inside a tidy and bring numbers out of it.
 * tf.tidy looks for tensors in whatever it is handed, element by element: returning a million numbers takes it a second.
 */
export function tidyNumbers<T>(compute: () => T): T {
  let numbers!: T
  tf.tidy(() => {
    numbers = compute()
  })
  return numbers
}
