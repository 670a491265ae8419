import { addTo, dot, scale } from '../support/vectors.ts'
import { installedKernels } from './kernels.ts'

/**
 * The two-loop recursion: a gradient times the inverse Hessian that steps and the gradient's changes by them make up, the oldest first.
 *
 * @param slope    [values]
 * @param steps    at least one; each [values]
 * @param changes  one for each step
 * @source Nocedal & Wright 2006, algorithm 7.4
 */
export function quasiNewton(slope: Float32Array, steps: readonly Float32Array[], changes: readonly Float32Array[]): Float32Array {
  const found = installedKernels()
  return found ? found.kernels.quasiNewton(slope, steps, changes, found.threads) : plainQuasiNewton(slope, steps, changes)
}

export function plainQuasiNewton(slope: Float32Array, steps: readonly Float32Array[], changes: readonly Float32Array[]): Float32Array {
  const q = slope.slice()
  const curvatures = steps.map((step, i) => dot(step, changes[i]!))
  const shares: number[] = []
  for (let i = steps.length - 1; i >= 0; i--) {
    shares[i] = dot(steps[i]!, q) / curvatures[i]!
    addTo(q, -shares[i]!, changes[i]!)
  }
  const last = changes.at(-1)!
  scale(q, curvatures.at(-1)! / dot(last, last))
  for (let i = 0; i < steps.length; i++) addTo(q, shares[i]! - dot(changes[i]!, q) / curvatures[i]!, steps[i]!)
  return q
}
