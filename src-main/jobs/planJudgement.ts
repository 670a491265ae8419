import { hearsBy } from '../domain/cochleagramSpace.ts'
import { ProtocolError, UsageError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
import { noSuchRun } from '../domain/noSuchRun.ts'
import type { JudgementPlan } from '../domain/recognition.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunSummary } from '../domain/run.ts'
import { requireWeights } from './planJobs.ts'

/** A judge and the runs whose signals it is to name. */
export interface PlannedJudge {
  network: NetworkSummary
  runIds: number[]
}

/**
 * Spell out who judges what. Everything that cannot work is refused before anything is computed.
 *
 * @param runs  all of the project
 * @throws ProtocolError, ModelFileError, UsageError naming what does not fit and what to do
 */
export function planJudgement(plan: JudgementPlan, networks: NetworkSummary[], runs: RunSummary[]): PlannedJudge[] {
  const judges = new Set(plan.judges.map((name) => requireNetwork(networks, name)))
  return [...judges].map((network) => {
    requireWeights(network)
    requireLabels(network)
    const mute = isMute(network, networks, runs)
    return { network, runIds: plan.runIds ? asked(plan.runIds, network, runs, mute) : everyFitting(network, runs, mute) }
  })
}

function requireLabels({ name, labels }: NetworkSummary): void {
  if (labels.length > 0) return
  throw new ProtocolError(`Network "${name}" has no labels, so it recognises nothing. Choose another judge.`)
}

/** Cochleagrams that a judge does not hear by, and that no sound inverts. */
function isMute({ cochleagram }: NetworkSummary, networks: readonly NetworkSummary[], runs: readonly RunSummary[]): (run: RunSummary) => boolean {
  const audible = new Set(runs.filter(({ state }) => state === 'finished').map(({ inverts }) => inverts))
  const ownOf = new Map(networks.map((network) => [network.name, network.cochleagram]))
  return (run) => run.protocol.space === 'cochleagram' && !audible.has(run.id) && !hearsBy(cochleagram, ownOf.get(run.network))
}

type IsMute = ReturnType<typeof isMute>

function asked(runIds: number[], network: NetworkSummary, runs: RunSummary[], mute: IsMute): number[] {
  for (const id of runIds) requireJudgeable(id, runs.find((run) => run.id === id), network, mute)
  return [...new Set(runIds)]
}

function requireJudgeable(id: number, run: RunSummary | undefined, network: NetworkSummary, mute: IsMute): void {
  if (!run) throw noSuchRun(id)
  if (run.state !== 'finished') throw new UsageError(`Run ${id} is ${run.state}; only finished runs can be judged. Leave it out, or wait until it is finished.`)
  if (run.inverts !== null) throw new UsageError(`Run ${id} makes the cochleagram of run ${run.inverts} audible, and is judged with it. Name run ${run.inverts} instead.`)
  if (run.kind === network.kind && mute(run)) throw new UsageError(inversionFirst(`Run ${id} made a cochleagram`, network))
  if (run.kind === network.kind) return
  const [made, taken] = run.kind === 'image' ? ['a picture', 'sounds'] : ['a sound', 'pictures']
  throw new ProtocolError(`Run ${id} made ${made}, and network "${network.name}" takes ${taken}. Choose another judge, or other runs.`)
}

function everyFitting(network: NetworkSummary, runs: RunSummary[], mute: IsMute): number[] {
  const fitting = runs.filter((run) => run.state === 'finished' && run.kind === network.kind && run.inverts === null)
  const judgeable = fitting.filter((run) => !mute(run))
  if (judgeable.length > 0) return judgeable.map(({ id }) => id)
  if (fitting.length > 0) throw new UsageError(inversionFirst('The metamers of this project are cochleagrams', network))
  const what = network.kind === 'image' ? 'picture' : 'sound'
  throw new ProtocolError(`This project has no finished metamer that network "${network.name}" could judge: it needs a ${what}. Make one first.`)
}

function inversionFirst(what: string, { name }: NetworkSummary): string {
  return `${what}, and network "${name}" does not hear by the same. Make it audible first ("lab invert"): then the judge gets the sound.`
}
