import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { createRandom } from '../../engine/support/random.ts'
import { bootstrapIndices, bootstrapSem } from '../../engine/validation/bootstrap.ts'

/** Estimate the error of each group's mean. Groups of equal size get the same draws, whatever their order. */
export function bootstrapSems({ groups, draws, seed }: WorkerRequests['bootstrapSems']['params']): number[] {
  return groups.map((values) => bootstrapSem(values, bootstrapIndices(values.length, draws, createRandom(seed, 'bootstrap'))))
}
