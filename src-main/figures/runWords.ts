import type { RunSummary } from '../domain/run.ts'

type Run = Pick<RunSummary, 'id' | 'inverts' | 'referenceName' | 'layer' | 'network' | 'seed'>

/** What a run has made, in a caption. */
export function madeOf({ id, inverts, layer, network, seed }: Run): string {
  const where = `generated at ${layer} of ${network} (run ${id}, seed ${seed})`
  return inverts === null ? `the metamer ${where}` : `the sound ${where}`
}

/** What it was to match. */
export function matchedBy({ inverts, referenceName }: Run): string {
  return inverts === null ? `its reference "${referenceName}"` : `the cochleagram of run ${inverts}, which it makes audible`
}
