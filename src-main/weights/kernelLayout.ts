import type { NamedArrays } from '../domain/weights.ts'
import type { KernelLayout } from './parsedWeights.ts'

/** A kernel's height and width are seldom larger. */
const largestKernel = 11

/**
 * Guess the layout of kernels where the format has none of its own: the two small and equal axes are height and width.
 *
 * @returns undefined when no kernel tells
 */
export function guessLayout(arrays: NamedArrays): KernelLayout | undefined {
  let votes = 0
  for (const { shape } of arrays.values()) {
    if (shape.length !== 4) continue
    const small = (a: number, b: number) => Number(shape[a] === shape[b] && shape[a]! <= largestKernel)
    votes += small(0, 1) - small(2, 3)
  }
  return votes === 0 ? undefined : votes > 0 ? 'tensorflow' : 'pytorch'
}
