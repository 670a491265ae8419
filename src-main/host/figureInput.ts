import { ModelFileError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunSummary } from '../domain/run.ts'
import type { FigureInput } from '../figures/plannedFigure.ts'
import type { Project } from '../project/project.ts'
import { chosenRuns } from './chosenRuns.ts'
import type { Compute } from './compute.ts'
import { recognitionTable } from './recognitionTable.ts'
import { isOf } from './runSets.ts'

type SetRequest = Extract<FigureRequest, { set: unknown }>
type RunRequest = Exclude<FigureRequest, SetRequest>
type Computing = Pick<Compute, 'networks' | 'link' | 'prepare'>

/** Gather what a figure shows. */
export async function figureInput(request: FigureRequest, project: Project, compute: Computing, programVersion: string): Promise<FigureInput> {
  const found = 'set' in request ? await ofSet(request, project, compute) : await ofRun(request, project, compute)
  const name = 'set' in request ? request.set.network : found.runs[0]?.network
  const network = (await compute.networks()).find((one) => one.name === name) ?? null
  return { programVersion, network, null: null, recognition: [], compared: null, ...found }
}

async function ofSet(request: SetRequest, project: Project, compute: Computing): Promise<Pick<FigureInput, 'runs' | 'null' | 'recognition'>> {
  const { set } = request
  const chosen = { runIds: 'runIds' in request ? request.runIds : undefined, includedOnly: 'includedOnly' in request && request.includedOnly }
  const runs = chosenRuns(project, chosen).filter(wanted(request))
  const runIds = runs.map(({ id }) => id)
  return {
    runs: runIds.map(project.runs.detail),
    null: request.kind === 'histogram' ? project.nulls.histogram(set.network, set.networkHash, request.layer) : null,
    recognition: request.kind === 'recognition' && runIds.length > 0 ? await recognitionTable(project, compute, { ...request, runIds }) : [],
  }
}

/** @throws ModelFileError when the network has other weights now than those that the metamer was made with */
async function ofRun(request: RunRequest, project: Project, compute: Computing): Promise<Pick<FigureInput, 'runs' | 'compared'>> {
  const run = project.runs.detail(request.run)
  const [reference, metamer] = [project.runs.signal(run.id, 'reference'), project.runs.signal(run.id, 'metamer')]
  const present = requireNetwork(await compute.networks(), run.network).weights.hash
  if (present !== run.networkHash) {
    throw new ModelFileError(`Run ${run.id} was made with other weights of "${run.network}" (${run.networkHash.slice(0, 10)}...) than those here now (${present.slice(0, 10)}...), so its activations cannot be computed again. Bring those weights back.`)
  }
  await compute.prepare(run.network)
  const map = request.kind === 'errorMap' ? { channel: request.channel } : null
  return { runs: [run], compared: await compute.link.request('compareActivations', { network: run.network, layer: request.layer, reference, metamer, map }) }
}

/** Figure 2 compares two protocols of one network. */
function wanted({ kind, set }: SetRequest): (run: RunSummary) => boolean {
  return kind === 'relu' ? (run) => run.network === set.network && run.networkHash === set.networkHash : isOf(set)
}
