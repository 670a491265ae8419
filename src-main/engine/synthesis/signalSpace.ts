import { ShapeError } from '../../domain/errors.ts'
import type { NetworkInput } from '../../domain/network.ts'

/** The space in which synthesis moves: what a network takes, one stimulus at a time. */

/** Shape of the variable, batch axis first: [1, height, width, 3] or [1, samples]. */
export function signalShape(input: NetworkInput): number[] {
  return input.kind === 'image' ? [1, input.height, input.width, input.channels] : [1, input.samples]
}

/** Number of values in the variable: pixels x channels, or samples. */
export function signalLength(input: NetworkInput): number {
  return signalShape(input).reduce((product, size) => product * size, 1)
}

/**
 * Range that the variable is clipped to after every update; null: free.
 *
 * @source authors' 2019 code: pictures in [0, 1], no constraint on sounds
 */
export function signalBounds(input: NetworkInput): [number, number] | null {
  return input.kind === 'image' ? input.range : null
}

/** @throws ShapeError when the signal does not fill the network's input */
export function checkSignalLength(what: string, signal: Float32Array, input: NetworkInput): void {
  if (signal.length === signalLength(input)) return
  throw new ShapeError(
    `The ${what} has ${signal.length} values, but the network takes [${signalShape(input).join(', ')}], which is ${signalLength(input)}. Crop, resize or resample it to that first.`,
  )
}
