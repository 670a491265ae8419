import { ShapeError } from '../../domain/errors.ts'
import { averageRanks } from './ranks.ts'

/**
 * Rank-correlate two activation vectors: the matching fidelity of a metamer.
 * Ties share their mean rank, so a layer full of zeros is ranked fairly.
 *
 * @param metamer    float32 [n], any unit
 * @param reference  float32 [n], same layer, same order
 * @returns ρ in [-1, 1]; NaN when either side is constant or holds a NaN
 * @throws ShapeError when the lengths differ or n < 2
 * @source Feather et al. 2019, section 3.1
 */
export function spearmanRho(metamer: Float32Array, reference: Float32Array): number {
  checkLengths(metamer, reference)
  return pearson(averageRanks(metamer), averageRanks(reference))
}

/**
 * Correlate two vectors linearly.
 *
 * @returns r in [-1, 1]; NaN when either side is constant or holds a NaN
 * @throws ShapeError when the lengths differ or n < 2
 */
export function pearson(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  checkLengths(a, b)
  if (isConstant(a) || isConstant(b)) return NaN
  const meanA = meanOf(a)
  const meanB = meanOf(b)
  let product = 0
  let squareA = 0
  let squareB = 0
  for (let i = 0; i < a.length; i++) {
    const da = a[i]! - meanA
    const db = b[i]! - meanB
    product += da * db
    squareA += da * da
    squareB += db * db
  }
  // Squares of float32 values stay far from the limits of a double. Rounding may still carry r just past one;
  // Math.max and Math.min let NaN through.
  return Math.max(-1, Math.min(1, product / Math.sqrt(squareA * squareB)))
}

/** Asked of the values, not of their variance: the mean of equal floats may be rounded off them. */
function isConstant(x: Float32Array | Float64Array): boolean {
  for (let i = 1; i < x.length; i++) if (x[i] !== x[0]) return false
  return true
}

function meanOf(x: Float32Array | Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]!
  return sum / x.length
}

function checkLengths(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length === b.length && a.length >= 2) return
  throw new ShapeError(
    `Two activation vectors of lengths ${a.length} and ${b.length} cannot be correlated: both need the same length, 2 or more. Take them from the same layer of the same network.`,
  )
}
