import { expect } from 'vitest'
import type { OptimiserSettings } from '../../src-main/engine/training/optimiser.ts'
import type { Trainer, TrainingBatch } from '../../src-main/engine/training/trainNetwork.ts'
import type { StartValues } from '../../src-main/engine/training/trainingNetwork.ts'
import { relativeL2 } from './data.ts'
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
  /** Of how each weight changed from its first values: rounding is larger beside a change than beside the weight. */
  changes: number
}

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
    const changes = (values: readonly number[]) => values.map((value, i) => value - first[expected.indices[i]!]!)
    expect(relativeL2(changes(expected.indices.map((i) => data[i]!)), changes(expected.values)), `changes of ${name}`).toBeLessThan(tolerance.changes)
  }
}
