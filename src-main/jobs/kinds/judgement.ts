import { errorToData } from '../../domain/errors.ts'
import type { JudgementJob } from '../../domain/recognition.ts'
import { usedNetwork, type UsedNetwork } from '../../project/networks.ts'
import type { SignalKey } from '../../project/recognitions.ts'
import type { JobTools } from '../job.ts'
import type { PlannedJudge } from '../planJudgement.ts'

/** Signals handed over at once: few enough that a stop is heard soon and little is lost by a crash. */
const batch = 8

type Tell = (change: Partial<JudgementJob>) => void

/**
 * Have judges name the signals of runs. What is named is stored at once, and never asked again: a job that was stopped
 * goes on where it was when it is started anew. Never rejects: how it ended is told by `tell`.
 */
export async function runJudgement(judges: readonly PlannedJudge[], tools: JobTools, signal: AbortSignal, tell: Tell): Promise<void> {
  try {
    tell({ state: 'running' })
    const open = judges.map(({ network, runIds }) => {
      const judge = usedNetwork(network)
      return { judge, keys: tools.project.recognitions.missing({ ...judge, hears: network.cochleagram ?? null }, runIds) }
    })
    const progress = { done: 0, total: open.reduce((sum, { keys }) => sum + keys.length, 0) }
    tell({ ...progress })
    for (const { judge, keys } of open) await nameAll(judge, keys, tools, signal, (count) => tell({ done: (progress.done += count) }))
    tell({ state: signal.aborted ? 'cancelled' : 'finished' })
  } catch (error) {
    tell({ state: 'failed', error: errorToData(error) })
  }
}

async function nameAll(judge: UsedNetwork, keys: SignalKey[], tools: JobTools, signal: AbortSignal, named: (count: number) => void): Promise<void> {
  const { project, link, weightFile, now } = tools
  for (let from = 0; from < keys.length && !signal.aborted; from += batch) {
    const part = keys.slice(from, from + batch)
    // Each time: the process may have been started anew.
    await link.ensureWeights(judge.name, () => weightFile(judge.name))
    const answer = await link.request('recogniseSignals', { network: judge.name, signals: part.map(project.recognitions.signal) })
    project.recognitions.save(judge, answer.map((one, i) => ({ ...one, key: part[i]! })), now())
    named(part.length)
  }
}
