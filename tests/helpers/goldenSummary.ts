import { expect } from 'vitest'
import { goldenErrors, type GoldenSummary } from './goldenErrors.ts'

export type { GoldenNetwork, GoldenSummary } from './goldenErrors.ts'

/** Expect norm, samples and mean of an array within a relative tolerance. */
export function expectGolden(values: Float32Array, golden: GoldenSummary, tolerance: number, what: string): void {
  const errors = goldenErrors(values, golden)
  for (const part of ['norm', 'samples', 'mean'] as const) expect(errors[part], `${part} of ${what}`).toBeLessThan(tolerance)
}
