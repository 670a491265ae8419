import path from 'node:path'
import { errorToData } from '../../domain/errors.ts'
import type { NullPlan } from '../../domain/nullDistribution.ts'
import { requireNetwork } from '../../domain/requireNetwork.ts'
import type { NullJob, RunSummary } from '../../domain/run.ts'
import type { NullResult, WorkerRequests } from '../../domain/workerMessages.ts'
import { usedNetwork, type UsedNetwork } from '../../project/networks.ts'
import type { Project } from '../../project/project.ts'
import type { JobTools } from '../job.ts'
import { requireWeights } from '../planJobs.ts'

type Judged = WorkerRequests['judge']['result']

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
    const stored = await makeNull(jobId, plan, tools, signal, tell)
    tell({ state: stored ? 'finished' : 'cancelled' })
  } catch (error) {
    const data = errorToData(error)
    tell({ state: 'failed', message: data.message, error: data })
  }
}

/** @returns false when it was cancelled */
async function makeNull(
  jobId: number,
  plan: NullPlan,
  tools: JobTools,
  signal: AbortSignal,
  tell: (change: Partial<NullJob>) => void,
): Promise<boolean> {
  const network = requireNetwork(await tools.networks(), plan.network)
  requireWeights(network)
  await tools.link.ensureWeights(network.name, () => tools.weightFile(network.name))
  const pool = await tools.readPool(plan.poolFolder)
  if (signal.aborted) return false
  const { poolFolder, ...wanted } = plan
  const used = usedNetwork(network)
  const stored = { earlier: tools.project.nulls.extendable(used), workFolder: `${tools.project.path}.nulls` }
  const params = { jobId, ...wanted, ...stored, network: network.name, poolName: path.basename(path.resolve(poolFolder)), pool }
  const result = await requestNull(params, tools, signal, tell)
  if (!result) return false
  const verdicts = await judgeAgain(result, used, tools)
  store(result, used, verdicts, tools)
  return true
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

async function judgeAgain(result: NullResult, network: UsedNetwork, { project, link }: JobTools): Promise<Judged> {
  const judged: Judged = []
  for (const { summary } of result.layers) {
    const runs = finishedRuns(project, network, summary.layer).map((run) => measuredOn(project, run))
    if (runs.length === 0) continue
    const { pairs, maximum } = summary
    judged.push(...(await link.request('judge', { runs, null: { pairs, maximum } })))
  }
  return judged
}

function finishedRuns(project: Project, network: UsedNetwork, layer: string): RunSummary[] {
  return project.runs
    .list()
    .filter((run) => run.state === 'finished' && run.network === network.name)
    .filter((run) => run.networkHash === network.weightsHash && run.layer === layer)
}

/** A verdict is decided on what was stored when the run was made. */
function measuredOn(project: Project, run: RunSummary): WorkerRequests['judge']['params']['runs'][number] {
  return {
    runId: run.id,
    layer: run.layer,
    rho: run.rho!,
    sameLabel: run.verdict!.sameLabel,
    labels: run.protocol.labelCriterion === 'all' ? run.labels : categoriesOf(project, run.id),
  }
}

function categoriesOf(project: Project, runId: number): { reference: string; metamer: string } | null {
  const labels = project.runs.detail(runId).judgement!.labels
  if (!labels?.reference.category16 || !labels.metamer.category16) return null
  return { reference: labels.reference.category16, metamer: labels.metamer.category16 }
}

/** At once: a null without the verdicts it leads to must not be seen. */
function store(result: NullResult, network: UsedNetwork, verdicts: Judged, { project, now }: JobTools): void {
  const at = now()
  project.atOnce(() => {
    project.nulls.save(result, network, at)
    for (const { runId, verdict } of verdicts) project.runs.recordVerdict(runId, verdict, at)
  })
}
