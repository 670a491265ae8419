import { expect } from 'vitest'
import type { OptimiserSettings } from '../../src-main/engine/training/optimiser.ts'
import type { Trainer, TrainingBatch } from '../../src-main/engine/training/trainNetwork.ts'
import type { StartValues } from '../../src-main/engine/training/trainingNetwork.ts'
import { expectGolden, type GoldenSummary } from './goldenSummary.ts'

/** What another program gives: the loss before each update, weights and running statistics after the last. */
export interface GoldenTraining {
  losses: number[]
  weights: Record<string, GoldenSummary>
}

/** As in bench/golden/trainingSteps.py; its SGD is that of `smallSettings`. */
export const goldenAdam: OptimiserSettings = { kind: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.001 }

/** Relative. */
export interface TrainingTolerance {
  losses: number
  /** Of how each weight changed from its first values, besides what float32 rounds of the weight itself in some updates. */
  changes: number
}

const rounding = 2e-7

/** Expect a network to learn as it does in another program: an update on each batch, then the weights. */
export function expectGoldenTraining(trainer: Trainer, batches: readonly TrainingBatch[], golden: GoldenTraining, start: StartValues, tolerance: TrainingTolerance): void {
  const losses = batches.map((batch) => trainer.update([batch]).loss)
  expect(losses.length).toBe(golden.losses.length)
  losses.forEach((loss, i) => expect(Math.abs(loss / golden.losses[i]! - 1), `loss ${i}`).toBeLessThan(tolerance.losses))
  const weights = trainer.weights()
  expect([...weights.keys()].sort()).toEqual(Object.keys(golden.weights).sort())
  for (const [name, expected] of Object.entries(golden.weights)) {
    const { data, shape } = weights.get(name)!
    expect(shape, name).toEqual(expected.shape)
    expectGolden(data, expected, tolerance.changes, name)
    const first = start(name, shape)
    const distance = lengthOf(expected.indices.map((i, j) => data[i]! - expected.values[j]!))
    const change = lengthOf(expected.indices.map((i, j) => expected.values[j]! - first[i]!))
    expect(distance, `change of ${name}, ${change}`).toBeLessThan(tolerance.changes * change + rounding * lengthOf(expected.values))
  }
}

function lengthOf(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
}
