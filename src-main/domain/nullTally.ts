import type { NullHistogram, NullQuantile, NullSummary } from './nullDistribution.ts'

/** Bins over [-1, 1], 1/4096 wide: their edges are exact. */
export const nullBins = 8192
/** Of a million values, so many hold every quantile from 0.999 on exactly. */
export const extremesKept = 1000
/** The last is told by a million values and more. */
const probabilities = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999]

/** What is kept of a layer's values; two such can be put together as if all values had come at once. */
export interface NullTally extends Pick<NullSummary, 'pairs' | 'maximum' | 'mean' | 'deviation' | 'undefinedPairs'> {
  histogram: NullHistogram
}

/** @param values  ρ of each pair; NaN where it is undefined, which counts as 0 */
export function tallyNull(values: ArrayLike<number>): NullTally {
  const sorted = Float32Array.from(values, (value) => (Number.isNaN(value) ? 0 : clipped(value))).sort()
  const counts = new Uint32Array(nullBins)
  let sum = 0
  for (const value of sorted) {
    counts[binOf(value)]!++
    sum += value
  }
  const mean = sum / sorted.length
  let square = 0
  for (const value of sorted) square += (value - mean) ** 2
  return {
    pairs: sorted.length,
    maximum: sorted.at(-1) ?? -Infinity,
    mean,
    deviation: Math.sqrt(square / sorted.length),
    undefinedPairs: countUndefined(values),
    histogram: { counts, lowest: sorted.slice(0, extremesKept), highest: sorted.slice(-extremesKept) },
  }
}

/** Put two together. */
export function mergeTallies(a: NullTally, b: NullTally): NullTally {
  const pairs = a.pairs + b.pairs
  const mean = (a.mean * a.pairs + b.mean * b.pairs) / pairs
  const square = (t: NullTally): number => t.pairs * (t.deviation ** 2 + (t.mean - mean) ** 2)
  return {
    pairs,
    maximum: Math.max(a.maximum, b.maximum),
    mean,
    deviation: Math.sqrt((square(a) + square(b)) / pairs),
    undefinedPairs: a.undefinedPairs + b.undefinedPairs,
    histogram: {
      counts: a.histogram.counts.map((count, bin) => count + b.histogram.counts[bin]!),
      lowest: together(a.histogram.lowest, b.histogram.lowest).slice(0, extremesKept),
      highest: together(a.histogram.highest, b.histogram.highest).slice(-extremesKept),
    },
  }
}

/**
 * The smallest value that this share of all does not exceed. Exact where the extremes reach, else the upper edge of its bin: at
 * most 1/4096 too high. Only quantiles that the number of pairs can tell.
 */
export function nullQuantiles({ pairs, histogram }: Pick<NullTally, 'pairs' | 'histogram'>): NullQuantile[] {
  // 1e-9: 1 - 0.999999 is not quite a millionth.
  return probabilities
    .filter((p) => Math.min(p, 1 - p) * pairs >= 1 - 1e-9)
    .map((probability) => ({ probability, rho: valueAt(Math.ceil(probability * pairs - 1e-9) - 1, pairs, histogram) }))
}

/** The value that has so many below it in order. */
function valueAt(place: number, pairs: number, { counts, lowest, highest }: NullHistogram): number {
  if (place < lowest.length) return lowest[place]!
  if (place >= pairs - highest.length) return highest[place - pairs + highest.length]!
  let below = 0
  let bin = 0
  while (below + counts[bin]! <= place) below += counts[bin++]!
  return (2 * (bin + 1)) / nullBins - 1
}

function binOf(value: number): number {
  return Math.min(nullBins - 1, Math.floor(((value + 1) * nullBins) / 2))
}

/** Rounding may carry ρ just past one. */
function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value))
}

function together(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both.sort()
}

function countUndefined(values: ArrayLike<number>): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) count++
  return count
}
