import { UsageError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import { noSuchRun } from '../domain/noSuchRun.ts'
import { movedIn } from '../domain/protocol.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunPlan, RunSummary } from '../domain/run.ts'

/** The stage that a cochleagram is made audible at. */
const layer = 'cochleagram'

/**
 * Plan the sound of a cochleagram that was moved by itself: an ordinary run of the same network and seed, whose reference is that cochleagram
 * and whose generation layer is "cochleagram". ρ there says how near a sound can come.
 *
 * @param runs  all of the project
 * @throws UsageError when the run moved no cochleagram or is not finished, or the network's cochleagram is no layer
 */
export function planInversion(id: number, runs: readonly RunSummary[], networks: readonly NetworkSummary[]): RunPlan {
  const run = requireInvertible(id, runs)
  const network = requireNetwork(networks, run.network)
  if (!network.stages.some(({ name, metamerLayer }) => name === layer && metamerLayer)) {
    throw new UsageError(`Network "${network.name}" has no layer "${layer}" to match, so run ${id} cannot be made audible. Judges that hear by the same cochleagram take it as it is.`)
  }
  return { network: run.network, layers: [layer], referenceIds: [run.referenceId], protocol: movedIn('signal', run.protocol), seed: run.seed }
}

function requireInvertible(id: number, runs: readonly RunSummary[]): RunSummary {
  const run = runs.find((one) => one.id === id)
  if (!run) throw noSuchRun(id)
  if (run.protocol.space !== 'cochleagram') throw new UsageError(`Run ${id} did not move a cochleagram: ${run.kind === 'image' ? 'it made a picture' : 'its metamer is a sound already'}. Choose a run made with the space "cochleagram".`)
  if (run.state === 'finished') return run
  throw new UsageError(`Run ${id} is ${run.state}; only a finished cochleagram can be made audible. Wait until it is finished, or resume it.`)
}
