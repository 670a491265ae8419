import type { RunSummary } from './run.ts'

/** What tells whether a run was tried again, and in which set it is. */
export type Try = Pick<RunSummary, 'id' | 'state' | 'retryOf' | 'network' | 'networkHash' | 'layer' | 'protocol'>

/**
 * Find the runs that a later try has taken the place of: one that is finished, at the same layer and by the same protocol. One that was tried again with
 * other settings stays, for the later try belongs to another set.
 *
 * @param runs  all of a project
 * @returns their ids
 */
export function earlierTries(runs: readonly Try[]): Set<number> {
  const byId = new Map(runs.map((run) => [run.id, run]))
  const earlier = new Set<number>()
  for (const last of runs) {
    if (last.state !== 'finished') continue
    for (let run = before(last, byId); run; run = before(run, byId)) if (isOfOneSet(run, last)) earlier.add(run.id)
  }
  return earlier
}

function before({ retryOf }: Try, byId: ReadonlyMap<number, Try>): Try | undefined {
  return retryOf === null ? undefined : byId.get(retryOf)
}

function isOfOneSet(a: Try, b: Try): boolean {
  return a.network === b.network && a.networkHash === b.networkHash && a.layer === b.layer && a.protocol.name === b.protocol.name
}
