import { ShapeError } from '../../domain/errors.ts'
import type { SignalSpace } from '../../domain/network.ts'
import type { QuantisedSignal } from '../../domain/stimulus.ts'

/** The space in which synthesis moves: what a network takes, one stimulus at a time, or the cochleagram that it hears by. */

/** Shape of the variable, batch axis first: [1, height, width, 3], [1, samples] or [1, rows, columns, 1]. */
export function signalShape(space: SignalSpace): number[] {
  switch (space.kind) {
    case 'image':
      return [1, space.height, space.width, space.channels]
    case 'audio':
      return [1, space.samples]
    case 'cochleagram':
      return [1, space.rows, space.columns, 1]
  }
}

/** The same of an exported signal, which says its size itself. */
export function exportedShape(signal: QuantisedSignal): number[] {
  switch (signal.kind) {
    case 'image':
      return [1, signal.height, signal.width, 3]
    case 'audio':
      return [1, signal.data.length]
    case 'cochleagram':
      return signalShape(signal)
  }
}

/** Number of values in the variable: pixels x channels, samples, or rows x columns. */
export function signalLength(space: SignalSpace): number {
  return signalShape(space).reduce((product, size) => product * size, 1)
}

/**
 * Range that the variable is clipped to after every update; null: free. No envelope is below zero, so no cochleagram is.
 *
 * @source authors' 2019 code: pictures in [0, 1], no constraint on sounds; for cochleagrams neither paper nor code is known
 */
export function signalBounds(space: SignalSpace): [number, number] | null {
  if (space.kind === 'cochleagram') return [0, Infinity]
  return space.kind === 'image' ? space.range : null
}

/** @throws ShapeError when the signal does not fill the space */
export function checkSignalLength(what: string, signal: Float32Array, space: SignalSpace): void {
  if (signal.length === signalLength(space)) return
  throw new ShapeError(
    `The ${what} has ${signal.length} values, but the network takes [${signalShape(space).join(', ')}], which is ${signalLength(space)}. Crop, resize or resample it to that first.`,
  )
}
