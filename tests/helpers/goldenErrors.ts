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

/** How far norm, samples and mean of an array are from the golden ones, relative. */
export function goldenErrors(values: Float32Array, golden: GoldenSummary): { norm: number; samples: number; mean: number } {
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return {
    norm: Math.abs(norm / golden.l2 - 1),
    samples: relativeL2(golden.indices.map((i) => values[i]!), golden.values),
    // A mean near 0 is a difference of large sums: measured by the root mean square.
    mean: Math.abs(mean - golden.mean) / (golden.l2 / Math.sqrt(values.length)),
  }
}
