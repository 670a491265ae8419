import { averageRanks } from './ranks.ts'

/**
 * Rank activations so that ρ of two of them is their dot product: mean 0, norm 1.
 *
 * @returns float32 [n]; all zeros for constant activations; null when one is NaN
 */
export function unitRanks(activations: Float32Array): Float32Array | null {
  const ranks = averageRanks(activations)
  if (Number.isNaN(ranks[0])) return null
  // The mean of ranks 1 .. n is known, and exact: constant activations give zeros.
  const mean = (ranks.length + 1) / 2
  let square = 0
  for (let i = 0; i < ranks.length; i++) square += (ranks[i]! - mean) ** 2
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square)
  const unit = new Float32Array(ranks.length)
  for (let i = 0; i < ranks.length; i++) unit[i] = (ranks[i]! - mean) * scale
  return unit
}

/** Constant activations share one rank, their mean: nothing is left of it. */
export function isConstantRanks(unit: Float32Array): boolean {
  // The lowest value has a rank below the mean unless all are equal; some unit is then not zero.
  return !unit.some((rank) => rank !== 0)
}

/** ρ of two vectors of unit ranks, summed in double precision. */
export function dotRanks(a: Float32Array, b: Float32Array): number {
  let even = 0
  let odd = 0
  const last = a.length - 1
  for (let i = 0; i < last; i += 2) {
    even += a[i]! * b[i]!
    odd += a[i + 1]! * b[i + 1]!
  }
  return a.length % 2 ? even + odd + a[last]! * b[last]! : even + odd
}
