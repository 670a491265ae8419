import { expect } from 'vitest'
import type { EndGradient } from '../../src-main/engine/models/stage.ts'
import { relativeL2 } from './data.ts'

/** What bench/golden/summaries.py keeps of an array. */
export interface GoldenSummary {
  shape: number[]
  l2: number
  mean: number
  indices: number[]
  values: number[]
}

/** A golden file of bench/golden: half the squared difference from the reference gives the gradients. */
export interface GoldenNetwork {
  parameters: number
  layers: Record<string, GoldenSummary>
  gradients: (GoldenSummary & { layer: string; end: EndGradient; loss: number })[]
}

/** Expect norm, samples and mean of an array within a relative tolerance. */
export function expectGolden(values: Float32Array, golden: GoldenSummary, tolerance: number, what: string): void {
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
  expect(Math.abs(norm / golden.l2 - 1), `norm of ${what}`).toBeLessThan(tolerance)
  expect(relativeL2(golden.indices.map((i) => values[i]!), golden.values), `samples of ${what}`).toBeLessThan(tolerance)
  // A mean near 0 is a difference of large sums: measured by the root mean square.
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  expect(Math.abs(mean - golden.mean) / (golden.l2 / Math.sqrt(values.length)), `mean of ${what}`).toBeLessThan(tolerance)
}
