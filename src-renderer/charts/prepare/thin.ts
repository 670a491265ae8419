export interface Point {
  x: number
  y: number
}

/**
 * Thin a curve for drawing: of each of `buckets` stretches keep the first point, the lowest, the highest and the last, so that
 * spikes stay visible. Points that are not finite, or not above zero on a log axis, are left out.
 *
 * @param buckets  about the number of pixels across
 * @returns at most 4 x buckets points, in order of x
 */
export function thinCurve(x: ArrayLike<number>, y: ArrayLike<number>, buckets: number, logarithmic: boolean): Point[] {
  const points = drawable(x, y, logarithmic)
  if (points.length <= 4 * buckets) return points
  const size = points.length / buckets
  const kept: Point[] = []
  for (let b = 0; b < buckets; b++) {
    kept.push(...extremes(points.slice(Math.floor(b * size), Math.floor((b + 1) * size))))
  }
  return kept
}

function drawable(x: ArrayLike<number>, y: ArrayLike<number>, logarithmic: boolean): Point[] {
  const points: Point[] = []
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const value = y[i]!
    if (Number.isFinite(value) && (!logarithmic || value > 0)) points.push({ x: x[i]!, y: value })
  }
  return points
}

function extremes(stretch: Point[]): Point[] {
  let low = 0
  let high = 0
  stretch.forEach((point, i) => {
    if (point.y < stretch[low]!.y) low = i
    if (point.y > stretch[high]!.y) high = i
  })
  return [...new Set([0, low, high, stretch.length - 1])].sort((a, b) => a - b).map((i) => stretch[i]!)
}
