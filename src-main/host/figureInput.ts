import { ModelFileError } from '../domain/errors.ts'
import type { FigureRequest, RunSet, StoredFigureRequest } from '../domain/figure.ts'
import { isWithOtherGradient } from '../domain/protocol.ts'
import { recognitionRules, type RecognitionRow } from '../domain/recognition.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunSummary } from '../domain/run.ts'
import type { DrawnTraining, FigureInput } from '../figures/plannedFigure.ts'
import type { Project } from '../project/project.ts'
import { chosenRuns } from './chosenRuns.ts'
import type { Compute } from './compute.ts'
import { recognitionTable } from './recognitionTable.ts'
import { isOf } from './runSets.ts'

type SetRequest = Extract<FigureRequest, { set: unknown }>
type RunRequest = Extract<FigureRequest, { layer: string; run: number }>
type Computing = Pick<Compute, 'networks' | 'link' | 'prepare'>

export const nothingGathered: Omit<FigureInput, 'programVersion'> = {
  network: null, runs: [], null: null, recognition: [], otherRules: [], compared: null, cochleagrams: null, signals: null, heard: null, trainings: [],
}

/** Gather what a figure shows. */
export async function figureInput(request: StoredFigureRequest, project: Project, compute: Computing, programVersion: string): Promise<FigureInput> {
  const found = await gathered(request, project, compute)
  const name = 'set' in request ? request.set.network : found.runs?.[0]?.network
  const network = (await compute.networks()).find((one) => one.name === name) ?? null
  return { ...nothingGathered, programVersion, network, ...found }
}

async function gathered(request: StoredFigureRequest, project: Project, compute: Computing): Promise<Partial<FigureInput>> {
  if ('set' in request) return ofSet(request, project, compute)
  if (request.kind === 'null') return { null: project.nulls.histogram(request.network, request.networkHash, request.layer) }
  if (request.kind === 'loss' || request.kind === 'labels') return { runs: [project.runs.detail(request.run)] }
  if (request.kind === 'cochleagrams') return { runs: [project.runs.detail(request.run)], cochleagrams: project.runs.cochleagrams(request.run) }
  if (request.kind === 'waveforms') return { runs: [project.runs.detail(request.run)], signals: { reference: project.runs.signal(request.run, 'reference'), metamer: project.runs.signal(request.run, 'metamer') } }
  if ('trainings' in request) return { trainings: request.trainings.map((id) => trainingOf(id, project)) }
  if ('training' in request) return { trainings: [trainingOf(request.training, project)] }
  return ofRun(request, project, compute)
}

function trainingOf(id: number, { trainings }: Project): DrawnTraining {
  return { ...trainings.summary(id), ...trainings.detail(id) }
}

type OfSet = Pick<FigureInput, 'runs' | 'null' | 'recognition' | 'otherRules'>

async function ofSet(request: SetRequest, project: Project, compute: Computing): Promise<OfSet> {
  const { set, allTries } = request
  const chosen = { runIds: 'runIds' in request ? request.runIds : undefined, includedOnly: 'includedOnly' in request && request.includedOnly, allTries }
  const runs = chosenRuns(project, chosen)
  const runIds = runs.filter(request.kind === 'relu' ? isOfEitherGradient(set, runs) : isOf(set)).map(({ id }) => id)
  const recognised = request.kind === 'recognition' ? await ofJudges(request, runIds, project, compute) : { runIds, recognition: [], otherRules: [] }
  return {
    ...recognised,
    runs: recognised.runIds.map(project.runs.detail),
    null: request.kind === 'histogram' ? project.nulls.histogram(set.network, set.networkHash, request.layer) : null,
  }
}

/** With the runs that are in the drawing. */
async function ofJudges(request: Extract<SetRequest, { kind: 'recognition' }>, runIds: number[], project: Project, compute: Computing): Promise<{ runIds: number[] } & Pick<FigureInput, 'recognition' | 'otherRules'>> {
  if (runIds.length === 0) return { runIds, recognition: [], otherRules: [] }
  const drawn = await recognitionTable(project, compute, { ...request, runIds })
  const otherRules: RecognitionRow[] = []
  for (const rule of recognitionRules.filter((one) => one !== request.rule)) otherRules.push(...(await recognitionTable(project, compute, { ...request, rule, runIds })).rows)
  return { runIds: drawn.runIds, recognition: drawn.rows, otherRules }
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

/** Figure 2 compares a set with the one that differs from it in the gradient alone. */
function isOfEitherGradient(set: RunSet, runs: readonly RunSummary[]): (run: RunSummary) => boolean {
  const own = runs.filter(isOf(set))
  const isOther = (run: RunSummary): boolean => run.network === set.network && run.networkHash === set.networkHash && own.some(({ protocol }) => isWithOtherGradient(run.protocol, protocol))
  return (run) => isOf(set)(run) || isOther(run)
}
