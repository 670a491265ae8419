import type { JudgedWithout } from '../project/nulls.ts'
import type { JobTools } from './job.ts'
import { finishedRuns, judgeAgain, judgingNull, recordVerdicts, type Judged } from './judgeAgain.ts'

type Tools = Pick<JobTools, 'project' | 'link' | 'now'>

/**
 * Drop a null distribution at all its layers, and decide the runs that it had judged by the next largest, or not at all. Earlier verdicts stay in the record.
 *
 * @throws UsageError when there is none with this id
 */
export async function removeNull(id: number, tools: Tools): Promise<void> {
  const { project, now } = tools
  const layers = project.nulls.without(id)
  const verdicts = await verdictsOn(layers, tools)
  project.atOnce(() => {
    project.nulls.remove(id)
    recordVerdicts(verdicts, project, now())
  })
  // Runs that came to their end while the others were decided.
  recordVerdicts(await verdictsOn(layers, tools), project, now())
}

async function verdictsOn(layers: readonly JudgedWithout[], tools: Tools): Promise<Judged> {
  const verdicts: Judged = []
  for (const { next, ...layer } of layers) verdicts.push(...(await judgeAgain(finishedRuns(tools.project, layer), judgingNull(next), tools)))
  return verdicts
}
