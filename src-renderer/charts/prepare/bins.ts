export interface Histogram {
  /** Edges, one more than counts. */
  edges: number[]
  counts: number[]
}

/**
 * Gather bins of equal width over [-1, 1] into wider ones over [from, to]. A narrow bin counts where its middle lies.
 *
 * @throws RangeError when the range is empty or there is no bin
 */
export function gatherBins(narrow: ArrayLike<number>, from: number, to: number, bins: number): Histogram {
  if (!(to > from) || bins < 1) throw new RangeError(`A histogram needs a range and a bin, but got [${from}, ${to}] and ${bins}.`)
  const width = (to - from) / bins
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < narrow.length; i++) {
    const bin = Math.floor(((2 * i + 1) / narrow.length - 1 - from) / width)
    if (bin >= 0 && bin < bins) counts[bin]! += narrow[i]!
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
