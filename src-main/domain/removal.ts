import type { RunSummary } from './run.ts'
import { earlierTries, type Try } from './tries.ts'

/**
 * Find all that goes when runs are removed: a sound that makes a run's cochleagram audible goes with it, as it matches nothing that would be left.
 *
 * @param runs  all of a project
 * @returns their ids, each once, ascending
 */
export function removedWith(runIds: readonly number[], runs: ReadonlyArray<Pick<RunSummary, 'id' | 'inverts'>>): number[] {
  const asked = new Set(runIds)
  const inverting = runs.filter(({ inverts }) => inverts !== null && asked.has(inverts)).map(({ id }) => id)
  return [...new Set([...asked, ...inverting])].sort((a, b) => a - b)
}

/**
 * Find the finished runs that count again once others are gone: a later try, which had taken their place, is among those.
 *
 * @param gone  all that is removed
 * @param runs  all of a project, as it is before
 * @returns their ids, in the order of the runs
 */
export function countingAgain(gone: readonly number[], runs: readonly Try[]): number[] {
  const [removed, byId, before] = [new Set(gone), new Map(runs.map((run) => [run.id, run])), earlierTries(runs)]
  const joined = (id: number | null): number | null => (id !== null && removed.has(id) ? joined(byId.get(id)?.retryOf ?? null) : id)
  const left = runs.filter(({ id }) => !removed.has(id)).map((run) => ({ ...run, retryOf: joined(run.retryOf) }))
  const after = earlierTries(left)
  return left.filter(({ id, state }) => state === 'finished' && before.has(id) && !after.has(id)).map(({ id }) => id)
}
