import { UsageError } from '../domain/errors.ts'
import type { ListedSet, RunSet } from '../domain/figure.ts'
import type { NetworkSummary } from '../domain/network.ts'
import { noSuchRun } from '../domain/noSuchRun.ts'
import type { RunSummary } from '../domain/run.ts'

/** The sets that finished runs make, in the order of their first runs. */
export function runSets(runs: readonly RunSummary[], networks: readonly NetworkSummary[]): ListedSet[] {
  const finished = runs.filter(isFinishedMetamer)
  const sets = new Map(finished.map((run) => [keyOf(setOf(run)), run]))
  return [...sets.values()].map((first) => {
    const set = setOf(first)
    const own = finished.filter(isOf(set))
    const order = networks.find(({ name }) => name === set.network)?.stages.map(({ name }) => name) ?? []
    const layers = [...new Set(own.map(({ layer }) => layer))].sort((a, b) => order.indexOf(a) - order.indexOf(b))
    return { ...set, kind: first.kind, layers, finished: own.length, included: own.filter(({ verdict }) => verdict?.outcome === 'included').length }
  })
}

/** A sound that inverts a cochleagram matches no natural stimulus, so it counts nowhere as a metamer. */
export function isFinishedMetamer({ state, inverts }: RunSummary): boolean {
  return state === 'finished' && inverts === null
}

export function isOf(set: RunSet): (run: RunSummary) => boolean {
  return (run) => keyOf(setOf(run)) === keyOf(set)
}

/**
 * Find the one set that is meant.
 *
 * @throws UsageError that lists those that fit
 */
export function requireSet(sets: readonly ListedSet[], { network, protocol }: { network?: string | undefined; protocol?: string | undefined }): ListedSet {
  const fitting = sets.filter((set) => (network === undefined || set.network === network) && (protocol === undefined || set.protocol === protocol))
  if (fitting.length === 1) return fitting[0]!
  const words = (list: readonly ListedSet[]): string => list.map((set) => `"${set.network}" with "${set.protocol}"`).join(', ')
  if (sets.length === 0) throw new UsageError('No run of this project is finished yet. "lab make" makes some.')
  if (fitting.length === 0) throw new UsageError(`No finished run is of that network and protocol. There are: ${words(sets)}.`)
  throw new UsageError(`Several sets of runs fit: ${words(fitting)}. Say which network and which protocol.`)
}

/**
 * Find the one set that runs belong to.
 *
 * @throws UsageError naming a run that is not there, is no finished metamer, or belongs to another set than the first
 */
export function requireSetOf(ids: readonly number[], runs: readonly RunSummary[]): RunSet {
  const found = ids.map((id) => {
    const run = runs.find((one) => one.id === id)
    if (!run) throw noSuchRun(id)
    if (isFinishedMetamer(run)) return run
    const why = run.state === 'finished' ? `makes the cochleagram of run ${run.inverts} audible, and is no metamer of a natural stimulus` : `is ${run.state}`
    throw new UsageError(`Run ${id} ${why}. Name finished metamers.`)
  })
  const set = setOf(found[0]!)
  const other = found.find((run) => !isOf(set)(run))
  if (other) throw new UsageError(`Run ${found[0]!.id} is of "${set.network}" with "${set.protocol}", run ${other.id} of "${other.network}" with "${other.protocol.name}" or other weights. Name runs of one network and protocol.`)
  return set
}

function setOf({ network, networkHash, protocol }: RunSummary): RunSet {
  return { network, networkHash, protocol: protocol.name }
}

function keyOf({ network, networkHash, protocol }: RunSet): string {
  return JSON.stringify([network, networkHash, protocol])
}
