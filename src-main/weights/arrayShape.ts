import { ModelFileError } from '../domain/errors.ts'
import { limits } from './limits.ts'

/** Multiply a shape out. NaN when it is no list of whole numbers that could be one. */
export function elementCount(shape: readonly unknown[]): number {
  let count = 1
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return NaN
    count *= size
  }
  return count
}

/**
 * @param what  for messages: 'The array "kernel"', …
 * @returns the number of values of a shape that a file states
 * @throws ModelFileError when it is no shape, or has more values than can be counted
 */
export function checkedCount(shape: unknown, what: string): number {
  if (!Array.isArray(shape) || shape.length > limits.rank) throw new ModelFileError(`${what} has no proper shape: at most ${limits.rank} whole numbers are expected. The file is damaged; fetch it again.`)
  const count = elementCount(shape)
  if (Number.isSafeInteger(count)) return count
  throw new ModelFileError(`${what} has the shape [${shape.map(String).join(', ').slice(0, 200)}], more values than any file holds. The file is damaged; do not trust it.`)
}
