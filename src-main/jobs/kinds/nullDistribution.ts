import path from 'node:path'
import { errorToData } from '../../domain/errors.ts'
import { nullWorkFolder, type NullPlan, type NullSummary } from '../../domain/nullDistribution.ts'
import { requireNetwork } from '../../domain/requireNetwork.ts'
import type { NullJob } from '../../domain/run.ts'
import type { NullResult, WorkerRequests } from '../../domain/workerMessages.ts'
import { usedNetwork, type UsedNetwork } from '../../project/networks.ts'
import type { StoredNull } from '../../project/nulls.ts'
import type { Project } from '../../project/project.ts'
import type { JobTools } from '../job.ts'
import { finishedRuns, judgeAgain, judgingNull, recordVerdicts, type Judged } from '../judgeAgain.ts'
import { requireWeights } from '../planJobs.ts'

/**
 * Compute a network's null distributions, decide all its finished runs again, and store both at once.
 * Never rejects: how it ended is told by `tell`.
 *
 * @param signal  aborted to cancel it; nothing is stored then
 */
export async function runNullDistribution(
  jobId: number,
  plan: NullPlan,
  tools: JobTools,
  signal: AbortSignal,
  tell: (change: Partial<NullJob>) => void,
): Promise<void> {
  try {
    const made = await makeNull(jobId, plan, tools, signal, tell)
    tell(made ? { state: 'finished', message: made.remark } : { state: 'cancelled' })
  } catch (error) {
    const data = errorToData(error)
    tell({ state: 'failed', message: data.message, error: data })
  }
}

/** @returns what is to be said of it; null when it was cancelled */
async function makeNull(
  jobId: number,
  plan: NullPlan,
  tools: JobTools,
  signal: AbortSignal,
  tell: (change: Partial<NullJob>) => void,
): Promise<{ remark: string | null } | null> {
  const network = requireNetwork(await tools.networks(), plan.network)
  requireWeights(network)
  await tools.link.ensureWeights(network.name, () => tools.weightFile(network.name))
  const pool = await tools.readPool(plan.poolFolder)
  if (signal.aborted) return null
  const poolFolder = path.resolve(plan.poolFolder)
  const used = usedNetwork(network)
  const stored = { earlier: tools.project.nulls.extendable(used), workFolder: nullWorkFolder(tools.project.path) }
  const params = { jobId, ...plan, ...stored, network: network.name, poolFolder, poolName: path.basename(poolFolder), pool }
  const result = await requestNull(params, tools, signal, tell)
  if (!result) return null
  const remark = overruledBy(result, used, tools.project)
  store(result, used, await verdictsAfter(result, used, tools), tools)
  return { remark }
}

async function requestNull(
  params: WorkerRequests['nullDistribution']['params'],
  { link }: JobTools,
  signal: AbortSignal,
  tell: (change: Partial<NullJob>) => void,
): Promise<NullResult | null> {
  const stop = () => link.stop(params.jobId)
  const unsubscribe = link.onEvent((event) => {
    if (event.type !== 'nullProgress' || event.jobId !== params.jobId) return
    // A stop that came before the work had begun went unheard: say it again.
    if (signal.aborted) stop()
    tell({ done: event.done, total: event.total, phase: event.phase })
  })
  signal.addEventListener('abort', stop)
  try {
    return await link.request('nullDistribution', params)
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', stop)
  }
}

/** By the one that judges each layer once the result is stored. */
async function verdictsAfter(result: NullResult, network: UsedNetwork, tools: JobTools): Promise<Judged> {
  const judged: Judged = []
  for (const { summary } of result.layers) {
    const larger = largerThan(summary, network, tools.project)
    const runs = finishedRuns(tools.project, { network: network.name, networkHash: network.weightsHash, layer: summary.layer })
    judged.push(...(await judgeAgain(runs, judgingNull(larger ?? summary), tools)))
  }
  return judged
}

/** Of several of one layer the one with most pairs judges. */
function largerThan({ layer, pairs }: NullSummary, { name, weightsHash }: UsedNetwork, { nulls }: Project): StoredNull | null {
  const judging = nulls.find(name, weightsHash, layer)
  return judging && judging.pairs > pairs ? judging : null
}

/** What a person must know who made a null that does not judge; null when it does, at every layer. */
function overruledBy({ layers }: NullResult, network: UsedNetwork, project: Project): string | null {
  const overruled = layers.flatMap(({ summary }) => {
    const larger = largerThan(summary, network, project)
    return larger ? [{ summary, larger }] : []
  })
  const [first] = overruled
  if (!first) return null
  const { summary, larger } = first
  const where = overruled.length < layers.length ? ` at ${overruled.map((one) => `"${one.summary.layer}"`).join(', ')}` : ''
  const figure = (n: number): string => n.toLocaleString('en-GB')
  return `Stored, but it does not judge${where}: of several null distributions of a layer the one with most pairs does, here null distribution ${larger.id} (${figure(larger.pairs)} pairs of "${larger.pool.name}", seed ${larger.seed}) and not this one (${figure(summary.pairs)} pairs of "${summary.pool.name}", seed ${summary.seed}). To have this one judge, remove number ${larger.id}.`
}

/** At once: a null without the verdicts it leads to must not be seen. */
function store(result: NullResult, network: UsedNetwork, verdicts: Judged, { project, now }: JobTools): void {
  const at = now()
  project.atOnce(() => {
    project.nulls.save(result, network, at)
    recordVerdicts(verdicts, project, at)
  })
}
