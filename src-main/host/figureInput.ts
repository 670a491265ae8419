import type { FigureRequest } from '../domain/figure.ts'
import type { RunSummary } from '../domain/run.ts'
import type { FigureInput } from '../figures/makeFigure.ts'
import type { Project } from '../project/project.ts'
import { chosenRuns } from './chosenRuns.ts'
import type { Compute } from './compute.ts'
import { recognitionTable } from './recognitionTable.ts'
import { isOf } from './runSets.ts'

/** Gather what a figure shows. */
export async function figureInput(request: FigureRequest, project: Project, compute: Pick<Compute, 'networks' | 'link'>, programVersion: string): Promise<FigureInput> {
  const { set } = request
  const network = (await compute.networks()).find(({ name }) => name === set.network) ?? null
  const runs = chosenRuns(project, { includedOnly: 'includedOnly' in request && request.includedOnly }).filter(wanted(request))
  const runIds = runs.map(({ id }) => id)
  const recognition = request.kind === 'recognition' && runIds.length > 0 ? await recognitionTable(project, compute, { ...request, runIds }) : []
  return {
    programVersion,
    network,
    runs: runIds.map(project.runs.detail),
    null: request.kind === 'histogram' ? project.nulls.values(set.network, set.networkHash, request.layer) : null,
    recognition,
  }
}

/** Figure 2 compares two protocols of one network. */
function wanted({ kind, set }: FigureRequest): (run: RunSummary) => boolean {
  return kind === 'relu' ? (run) => run.network === set.network && run.networkHash === set.networkHash : isOf(set)
}
