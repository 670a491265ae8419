import type { Random } from '../support/random.ts'

/**
 * Draw the resamples of a bootstrap over n stimuli.
 *
 * @returns [draws x n] indices in [0, n), with replacement
 */
export function bootstrapIndices(n: number, draws: number, random: Random): Int32Array {
  return Int32Array.from({ length: n * draws }, () => random.integer(n))
}

/**
 * Estimate the standard error of a mean: the deviation (/ draws) of the means of the resamples.
 *
 * @param values   one for each stimulus
 * @param indices  [draws x values.length], as `bootstrapIndices` gives them
 * @returns NaN for fewer than two values: one stimulus says nothing of others
 * @source authors' 2023 code, network_network_helpers.py: 1,000 resamples, standard deviation of their means
 */
export function bootstrapSem(values: ArrayLike<number>, indices: Int32Array): number {
  const n = values.length
  if (n < 2) return NaN
  const means = new Float64Array(indices.length / n)
  for (let draw = 0; draw < means.length; draw++) {
    for (let i = 0; i < n; i++) means[draw]! += values[indices[draw * n + i]!]! / n
  }
  const mean = means.reduce((sum, m) => sum + m, 0) / means.length
  return Math.sqrt(means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / means.length)
}
