import type { JobTools } from './job.ts'
import { finishedRuns, judgeAgain, judgingNull, type Judged } from './judgeAgain.ts'

/**
 * Drop a null distribution at all its layers, and decide the runs that it had judged by the next largest, or not at all. Earlier verdicts stay in the record.
 *
 * @throws UsageError when there is none with this id
 */
export async function removeNull(id: number, tools: Pick<JobTools, 'project' | 'link' | 'now'>): Promise<void> {
  const { project } = tools
  const verdicts: Judged = []
  for (const { network, networkHash, layer, next } of project.nulls.without(id)) {
    const runs = finishedRuns(project, { network, networkHash, layer })
    verdicts.push(...(await judgeAgain(runs, judgingNull(next), tools)))
  }
  const at = tools.now()
  project.atOnce(() => {
    project.nulls.remove(id)
    for (const { runId, verdict } of verdicts) project.runs.recordVerdict(runId, verdict, at)
  })
}
