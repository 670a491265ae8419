import { UsageError } from '../domain/errors.ts'
import { noSuchRun } from '../domain/noSuchRun.ts'
import { withChanges } from '../domain/protocol.ts'
import type { RetryPlan, RunPlan, RunSummary } from '../domain/run.ts'

/** One run that is to be tried again: a plan for one layer and reference, and the run that it follows. */
export interface PlannedRetry {
  plan: RunPlan
  retryOf: number
}

/**
 * Spell out how failed metamers are tried again: the same but for a seed that was not used yet and the settings that are
 * changed. Each run stays in the record.
 *
 * @param runs  all of the project
 * @throws UsageError naming a run that did not fail, was tried again already, or was tried often enough
 */
export function planRetries({ runIds, changes, tries }: RetryPlan, runs: readonly RunSummary[]): PlannedRetry[] {
  return [...new Set(runIds)].map((id) => {
    const run = requireFailed(id, runs)
    const chain = chainOf(run, runs)
    const later = runs.find(({ retryOf }) => retryOf === id)
    if (later) throw new UsageError(`Run ${id} was tried again as run ${later.id}. Try that one again instead.`)
    if (chain.length >= tries) {
      throw new UsageError(`Run ${id} is try ${chain.length} of at most ${tries} (${chain.map((one) => `run ${one.id}`).join(', ')}). Allow more tries, or change the protocol.`)
    }
    const { network, layer, referenceId } = run
    const seed = Math.max(...chain.map((one) => one.seed)) + 1
    return { plan: { network, layers: [layer], referenceIds: [referenceId], protocol: withChanges(run.protocol, changes), seed }, retryOf: id }
  })
}

/** Failed metamers that are worth another try: not tried again yet, and fewer tries than allowed. */
export function retriable(runs: readonly RunSummary[], tries: number): RunSummary[] {
  const followed = new Set(runs.map(({ retryOf }) => retryOf))
  return runs.filter((run) => hasFailed(run) && !followed.has(run.id) && chainOf(run, runs).length < tries)
}

/** A sound that inverts a cochleagram is no metamer that could be tried again. */
function hasFailed({ state, verdict, inverts }: RunSummary): boolean {
  if (inverts !== null) return false
  return state === 'failed' || (state === 'finished' && verdict?.outcome === 'excluded')
}

function requireFailed(id: number, runs: readonly RunSummary[]): RunSummary {
  const run = runs.find((one) => one.id === id)
  if (!run) throw noSuchRun(id)
  if (run.inverts !== null) throw new UsageError(`Run ${id} makes the cochleagram of run ${run.inverts} audible. Have that one made audible again instead ("lab invert").`)
  if (hasFailed(run)) return run
  const standing = run.state === 'finished' ? (run.verdict?.outcome ?? 'undecided') : run.state
  throw new UsageError(`Run ${id} is ${standing}; only failed runs and excluded metamers are tried again. Leave it out.`)
}

/** A run and those before it, the first try first. */
function chainOf(run: RunSummary, runs: readonly RunSummary[]): RunSummary[] {
  const before = runs.find(({ id }) => id === run.retryOf)
  return before ? [...chainOf(before, runs), run] : [run]
}
