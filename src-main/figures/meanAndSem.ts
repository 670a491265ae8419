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

/** A value that was measured on a metamer of a reference. */
export interface OfReference {
  referenceId: number
  value: number
}

/**
 * Average over references, after the metamers of each: further seeds of one reference are no further stimuli.
 *
 * @returns n: references; metamers: all their values that count
 */
export function meanOverReferences(values: readonly OfReference[]): MeanAndSem & { metamers: number } {
  const defined = values.filter(({ value }) => !Number.isNaN(value))
  return { ...meanAndSem(meansByReference(defined)), metamers: defined.length }
}

/** @returns the mean of each reference, in the order in which they come first */
export function meansByReference(values: readonly OfReference[]): number[] {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const { referenceId, value } of values) {
    const { sum, count } = sums.get(referenceId) ?? { sum: 0, count: 0 }
    sums.set(referenceId, { sum: sum + value, count: count + 1 })
  }
  return [...sums.values()].map(({ sum, count }) => sum / count)
}
