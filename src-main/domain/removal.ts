import type { RunSummary } from './run.ts'

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
