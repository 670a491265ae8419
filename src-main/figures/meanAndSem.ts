export interface MeanAndSem {
  mean: number
  /** Deviation (/ n) over the root of n; NaN for a single value. */
  sem: number
  /** Values that count. */
  n: number
}

/**
 * Average over stimuli. NaN (constant activations) does not count; all NaN gives NaN.
 *
 * @source authors' 2023 code: population deviation over the root of n
 */
export function meanAndSem(values: readonly number[]): MeanAndSem {
  const defined = values.filter((value) => !Number.isNaN(value))
  const n = defined.length
  const mean = defined.reduce((sum, value) => sum + value, 0) / n
  if (n < 2 || !Number.isFinite(mean)) return { mean, sem: NaN, n }
  const variance = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
  return { mean, sem: Math.sqrt(variance / n), n }
}
