import type { RunSummary } from '../domain/run.ts'
import type { Project } from '../project/project.ts'
import { isFinishedMetamer } from './runSets.ts'

/** The finished metamers that are asked for; all of the project where none are named. */
export function chosenRuns(project: Project, { runIds, includedOnly }: { runIds?: number[] | undefined; includedOnly: boolean }): RunSummary[] {
  const wanted = runIds && new Set(runIds)
  return project.runs
    .list()
    .filter((run) => isFinishedMetamer(run) && (!wanted || wanted.has(run.id)))
    .filter(({ verdict }) => !includedOnly || verdict?.outcome === 'included')
}
