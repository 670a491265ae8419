import { metamerKey, runsByMetamer } from '../domain/metamerKey.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunPlan, RunSummary } from '../domain/run.ts'
import { say } from './io.ts'
import type { Lab } from './lab.ts'

/**
 * Plan runs. Metamers that are made already, or only need to be resumed, are told and left out unless they are asked for again.
 *
 * @returns ids of the planned runs
 */
export async function planNew(lab: Lab, plan: Omit<RunPlan, 'onlyNew'>, again: boolean): Promise<number[]> {
  const { client, io } = lab
  const existing = again ? [] : await existingRuns(lab, plan)
  if (existing.length > 0) say(io, wordsFor(existing))
  return (await client.call('runs.plan', { ...plan, onlyNew: !again })).runIds
}

async function existingRuns({ client }: Lab, { network, layers, referenceIds, protocol, seed }: Omit<RunPlan, 'onlyNew'>): Promise<RunSummary[]> {
  const made = runsByMetamer(await client.call('runs.list', {}))
  const { name, weights } = requireNetwork(await client.call('networks.list', {}), network)
  const parts = { network: name, networkHash: weights.hash, protocol, seed }
  const keys = layers.flatMap((layer) => referenceIds.map((referenceId) => metamerKey({ ...parts, layer, referenceId })))
  return [...new Set(keys)].flatMap((key) => made.get(key) ?? [])
}

function wordsFor(existing: readonly RunSummary[]): string {
  const named = (runs: readonly RunSummary[]): string => `${runs.length === 1 ? 'run' : 'runs'} ${runs.map(({ id }) => id).join(', ')}`
  const stopped = existing.filter(({ state }) => state !== 'finished')
  const head = `${existing.length === 1 ? 'A metamer that is asked for exists' : `${existing.length} metamers that are asked for exist`} already: ${named(existing)}.`
  const resume = stopped.length > 0 ? ` Not finished: ${named(stopped)}; "lab resume" goes on with ${stopped.length === 1 ? 'it' : 'them'}.` : ''
  return `${head}${resume} With --again what exists is made anew.`
}
