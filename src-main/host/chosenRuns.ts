import type { RunSummary } from '../domain/run.ts'
import { earlierTries } from '../domain/tries.ts'
import type { Project } from '../project/project.ts'
import { isFinishedMetamer } from './runSets.ts'

export interface RunChoice {
  runIds?: number[] | undefined
  includedOnly: boolean
  /** Also those that a later try has taken the place of. */
  allTries?: boolean | undefined
}

/** The finished metamers that are asked for; all of the project where none are named. Those that are named are taken whatever came later. */
export function chosenRuns(project: Project, { runIds, includedOnly, allTries }: RunChoice): RunSummary[] {
  const all = project.runs.list()
  const wanted = runIds && new Set(runIds)
  const leftOut = wanted || allTries ? new Set<number>() : earlierTries(all)
  return all
    .filter((run) => isFinishedMetamer(run) && (!wanted || wanted.has(run.id)) && !leftOut.has(run.id))
    .filter(({ verdict }) => !includedOnly || verdict?.outcome === 'included')
}
