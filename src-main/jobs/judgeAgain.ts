import type { JudgingNull } from '../domain/nullDistribution.ts'
import type { RunSummary } from '../domain/run.ts'
import type { WorkerRequests } from '../domain/workerMessages.ts'
import type { StoredNull } from '../project/nulls.ts'
import type { Project } from '../project/project.ts'
import type { JobTools } from './job.ts'

export type Judged = WorkerRequests['judge']['result']

/**
 * Decide finished runs of one layer against the null distribution that judges it now. Those that were decided against it already are left alone, so
 * that their record does not repeat itself.
 *
 * @param against  null: there is none any more
 */
export async function judgeAgain(runs: readonly RunSummary[], against: JudgingNull | null, { project, link }: Pick<JobTools, 'project' | 'link'>): Promise<Judged> {
  const open = runs.filter(({ verdict }) => !isDecidedAgainst(verdict?.null ?? null, against))
  if (open.length === 0) return []
  return link.request('judge', { runs: open.map((run) => measuredOn(project, run)), null: against })
}

/** Store what was decided, but for runs that were removed meanwhile. */
export function recordVerdicts(judged: Judged, { runs }: Pick<Project, 'runs'>, at: string): void {
  const there = new Set(runs.list().map(({ id }) => id))
  for (const { runId, verdict } of judged) if (there.has(runId)) runs.recordVerdict(runId, verdict, at)
}

/** What a verdict needs to know of a stored null. */
export function judgingNull(stored: Pick<StoredNull, 'pairs' | 'maximum' | 'pool'> | null): JudgingNull | null {
  return stored && { pairs: stored.pairs, maximum: stored.maximum, pool: stored.pool.name }
}

/** The finished runs of a network, by its weights, at one layer. */
export function finishedRuns(project: Project, { network, networkHash, layer }: Pick<RunSummary, 'network' | 'networkHash' | 'layer'>): RunSummary[] {
  return project.runs.list().filter((run) => run.state === 'finished' && run.network === network && run.networkHash === networkHash && run.layer === layer)
}

function isDecidedAgainst(decided: { pairs: number; maximum: number } | null, against: JudgingNull | null): boolean {
  if (decided === null || against === null) return decided === against
  return decided.pairs === against.pairs && Object.is(decided.maximum, against.maximum)
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
