import type { ExportItem } from '../export/exportInput.ts'
import type { StimulusOrigin } from '../export/stimulusFile.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { Project } from '../project/project.ts'

/** Gather all that is stored about one finished run. @throws ProjectError when it has no result yet */
export function exportItem(project: Project, runId: number, networks: NetworkSummary[]): ExportItem {
  const origin = stimulusOrigin(project, runId, networks)
  const { run } = origin
  return {
    ...origin,
    metamer: project.runs.signal(runId, 'metamer'),
    reference: project.runs.signal(runId, 'reference'),
    cochleagrams: project.runs.cochleagrams(runId),
    null: project.nulls.find(run.network, run.networkHash, run.layer),
  }
}

/** Where a run's signals come from, finished or not. */
export function stimulusOrigin(project: Project, runId: number, networks: NetworkSummary[]): StimulusOrigin {
  const run = project.runs.detail(runId)
  return {
    run,
    referenceHash: project.references.summary(run.referenceId).hash,
    networkWeights: weightsOf(project, run.network, run.networkHash, networks),
  }
}

/** The licence is the program's to tell, not the project's: it is known as long as the same weights are here. */
function weightsOf(project: Project, name: string, hash: string, networks: NetworkSummary[]): ExportItem['networkWeights'] {
  const source = project.networks().find((n) => n.name === name && n.weightsHash === hash)?.weightsSource ?? 'not recorded'
  const licence = networks.find((n) => n.name === name && n.weights.hash === hash)?.weights.licence ?? 'not recorded'
  return { hash, source, licence }
}
