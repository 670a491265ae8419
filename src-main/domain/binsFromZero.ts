/** Counts of values in bins of equal width from 0 to the largest. */
export function binsFromZero(values: ArrayLike<number>, bins: number): { width: number; counts: number[] } {
  const largest = Array.from(values).reduce((a, b) => Math.max(a, b), 0)
  const width = largest / bins
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < values.length; i++) counts[width === 0 ? 0 : Math.min(bins - 1, Math.floor(values[i]! / width))]!++
  return { width, counts }
}
