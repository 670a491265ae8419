import type { RunDetail } from '../domain/run.ts'

/**
 * Thin a loss curve for a chart: evenly spaced updates, the first and the last among them.
 *
 * @param losses  float32 [updates], loss before each update
 * @param limit   at most so many points, 2 or more
 */
export function thinned(losses: Float32Array, limit: number): RunDetail['lossCurve'] {
  const points = Math.min(losses.length, limit)
  const step = points > 1 ? (losses.length - 1) / (points - 1) : 0
  const update = Float64Array.from({ length: points }, (_, k) => Math.round(k * step))
  return { update, loss: Float64Array.from(update, (index) => losses[index]!) }
}
