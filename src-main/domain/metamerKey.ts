import { settingNames } from './protocol.ts'
import type { RunSummary } from './run.ts'

/** Whatever decides how a metamer comes out. */
export type MetamerParts = Pick<RunSummary, 'network' | 'networkHash' | 'layer' | 'referenceId' | 'protocol' | 'seed'>

/** Two runs of one key make the same metamer; what the protocol is called does not count. */
export function metamerKey({ network, networkHash, layer, referenceId, protocol, seed }: MetamerParts): string {
  return JSON.stringify([network, networkHash, layer, referenceId, seed, settingNames.map((setting) => protocol[setting] ?? null)])
}

/** The runs that are made, at work or still to come. One that failed or was cancelled stands in nobody's way; a sound that inverts a cochleagram is no metamer of its reference. */
export function runsByMetamer(runs: readonly RunSummary[]): Map<string, RunSummary> {
  const alive = runs.filter(({ state, inverts }) => state !== 'failed' && state !== 'cancelled' && inverts === null)
  return new Map(alive.map((run) => [metamerKey(run), run]))
}
