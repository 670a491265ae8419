export interface Histogram {
  /** Edges, one more than counts. */
  edges: number[]
  counts: number[]
}

/**
 * Count values in equal bins over [from, to]. The last bin includes its upper edge; values outside and NaN are not counted.
 *
 * @throws RangeError when the range is empty or there is no bin
 */
export function histogram(values: ArrayLike<number>, from: number, to: number, bins: number): Histogram {
  if (!(to > from) || bins < 1) throw new RangeError(`A histogram needs a range and a bin, but got [${from}, ${to}] and ${bins}.`)
  const width = (to - from) / bins
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!(value >= from && value <= to)) continue
    counts[Math.min(bins - 1, Math.floor((value - from) / width))]!++
  }
  return { edges: Array.from({ length: bins + 1 }, (_, i) => from + i * width), counts }
}

/** A range for correlations that holds all values and marks, in steps of 0.1, within [-1, 1]. */
export function correlationRange(values: ArrayLike<number>, marks: readonly number[]): [number, number] {
  let low = 0
  let high = 0
  for (const list of [values, marks]) {
    for (let i = 0; i < list.length; i++) {
      if (Number.isNaN(list[i]!)) continue
      low = Math.min(low, list[i]!)
      high = Math.max(high, list[i]!)
    }
  }
  const down = Math.max(-1, Math.floor(low * 10) / 10)
  const up = Math.min(1, Math.ceil(high * 10 + 0.25) / 10)
  return up > down ? [down, up] : [down, down + 0.1]
}
