import { createRandom, type Random } from '../support/random.ts'

/** One example to make: a clip, and which of its mixtures. */
export interface ExamplePlan {
  clip: number
  /** Mixtures of one clip differ in shift, background and SNR. */
  mixture: number
}

export interface BatchPlan {
  clips: number
  batchSize: number
  seed: number
  /** Different mixtures of each clip, taken in turn epoch by epoch; null: a new one each time. */
  mixtures: number | null
}

/** Steps in one pass over the clips. A remainder that fills no batch is left out, another one each time. */
export function stepsPerEpoch({ clips, batchSize }: Pick<BatchPlan, 'clips' | 'batchSize'>): number {
  return Math.max(1, Math.floor(clips / batchSize))
}

/** The examples of a step, which depend on the step's number alone. */
export function batchAt(plan: BatchPlan, step: number): ExamplePlan[] {
  const steps = stepsPerEpoch(plan)
  const epoch = Math.floor(step / steps)
  const order = epochOrder(plan, epoch)
  const start = (step % steps) * plan.batchSize
  const mixture = plan.mixtures === null ? epoch : epoch % plan.mixtures
  // Fewer clips than a batch holds come round again.
  return Array.from({ length: plan.batchSize }, (_, i) => ({ clip: order[(start + i) % order.length]!, mixture }))
}

/** All clips in the order of one epoch. */
export function epochOrder({ clips, seed }: Pick<BatchPlan, 'clips' | 'seed'>, epoch: number): Uint32Array {
  return shuffled(clips, createRandom(seed, `order of epoch ${epoch}`))
}

/** @source Fisher and Yates */
function shuffled(length: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
