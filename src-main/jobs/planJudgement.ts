import { ProtocolError, UsageError } from '../domain/errors.ts'
import type { NetworkSummary } from '../domain/network.ts'
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
    return { network, runIds: plan.runIds ? asked(plan.runIds, network, runs) : everyFitting(network, runs) }
  })
}

function requireLabels({ name, labels }: NetworkSummary): void {
  if (labels.length > 0) return
  throw new ProtocolError(`Network "${name}" has no labels, so it recognises nothing. Choose another judge.`)
}

function asked(runIds: number[], network: NetworkSummary, runs: RunSummary[]): number[] {
  for (const id of runIds) requireJudgeable(id, runs.find((run) => run.id === id), network)
  return [...new Set(runIds)]
}

function requireJudgeable(id: number, run: RunSummary | undefined, network: NetworkSummary): void {
  if (!run) throw new UsageError(`There is no run ${id} in this project. "lab runs" lists those that are.`)
  if (run.state !== 'finished') throw new UsageError(`Run ${id} is ${run.state}; only finished runs can be judged. Leave it out, or wait until it is finished.`)
  if (run.kind === network.kind) return
  const [made, taken] = run.kind === 'image' ? ['a picture', 'sounds'] : ['a sound', 'pictures']
  throw new ProtocolError(`Run ${id} made ${made}, and network "${network.name}" takes ${taken}. Choose another judge, or other runs.`)
}

function everyFitting(network: NetworkSummary, runs: RunSummary[]): number[] {
  const fitting = runs.filter((run) => run.state === 'finished' && run.kind === network.kind)
  if (fitting.length > 0) return fitting.map(({ id }) => id)
  const what = network.kind === 'image' ? 'picture' : 'sound'
  throw new ProtocolError(`This project has no finished metamer that network "${network.name}" could judge: it needs a ${what}. Make one first.`)
}
