import { UsageError } from '../domain/errors.ts'
import { trainingCurves, usualSize, type Figure, type FigureSize, type ListedSet, type StoredFigureRequest } from '../domain/figure.ts'
import { recognitionRules, recognitionStandards } from '../domain/recognition.ts'
import type { RunSummary } from '../domain/run.ts'
import { earlierTries } from '../domain/tries.ts'
import { encodePicture, encodeStimulus } from '../export/stimulusFile.ts'
import { NoRoomError } from '../figures/draw/plotRoom.ts'
import { makeFigure } from '../figures/makeFigure.ts'
import type { FigureInput } from '../figures/plannedFigure.ts'
import { layerCounts } from '../figures/prepare/layerCounts.ts'
import { metamerTitle, reportHtml, type FurtherFigures, type ReportSection, type ReportStimulus } from '../figures/report.ts'
import type { StoredNull } from '../project/nulls.ts'
import type { Project } from '../project/project.ts'
import { chosenRuns } from './chosenRuns.ts'
import type { Compute } from './compute.ts'
import { exportItem } from './exportItems.ts'
import { figureInput } from './figureInput.ts'
import { isFinishedMetamer, isOf, runSets } from './runSets.ts'

export interface ReportParts {
  project: Project
  compute: Pick<Compute, 'networks' | 'link' | 'prepare'>
  version: string
  now(): string
}

export interface ReportOptions {
  includedOnly: boolean
  /** All, none, or those of the references that bear these names. */
  stimuli: boolean | string[]
  /** Also runs that a later try has taken the place of. */
  allTries?: boolean | undefined
  /** Shown at the top, as it is: whose the stimuli are, for instance. */
  note?: string | undefined
}

/** Small enough that one histogram per layer stays readable and the file light. */
const histogramSize = { ...usualSize, heightMm: 62 }

/**
 * Draw all that can be drawn of a project into one HTML file.
 *
 * @param options.stimuli  with references and metamers themselves: whoever gets the file gets them
 * @throws UsageError when there is nothing to draw, or no finished run of a reference whose stimuli are asked for
 */
export async function makeReport(parts: ReportParts, options: ReportOptions): Promise<string> {
  const { project, compute, version, now } = parts
  const sets = runSets(project.runs.list(), await compute.networks())
  const trainings = project.trainings.list()
  if (sets.length === 0 && project.nulls.list().length === 0 && trainings.length === 0) {
    throw new UsageError('Nothing of this project is finished yet, neither a run nor a null distribution nor a training, so there is nothing to report. "lab make" makes some.')
  }
  checkReferences(project, options.stimuli)
  const sections: ReportSection[] = []
  for (const set of sets) sections.push(await sectionOf(set, parts, options))
  const nulls = await allThereAre(nullsBeside(sets, project.nulls.list()), parts)
  const further: FurtherFigures[] = [{ heading: sets.length > 0 ? 'Further null distributions' : 'Null distributions', figures: nulls }]
  for (const { id, plan } of trainings) further.push({ heading: `Training ${id}: ${plan.name}`, figures: await allThereAre(ofTraining(id), parts) })
  return reportHtml({ projectName: project.name, programVersion: version, madeAt: now(), note: options.note ?? null, sections, further })
}

/** The null distributions of layers that no metamer was made at: the others stand with their metamers. */
function nullsBeside(sets: readonly ListedSet[], nulls: readonly StoredNull[]): StoredFigureRequest[] {
  const shown = nulls.filter(({ network, networkHash, layer }) => !sets.some((set) => set.network === network && set.networkHash === networkHash && set.layers.includes(layer)))
  return shown.map(({ network, networkHash, layer }) => ({ kind: 'null', network, networkHash, layer, counts: 'log' }))
}

function ofTraining(training: number): StoredFigureRequest[] {
  const trainings = [training]
  return [...trainingCurves.map((curve) => ({ kind: 'training' as const, trainings, curve })), { kind: 'tests', trainings }, { kind: 'confusions', training }, { kind: 'areas', training }, { kind: 'kernels', training }]
}

async function sectionOf(listed: ListedSet, parts: ReportParts, { includedOnly, stimuli, allTries }: ReportOptions): Promise<ReportSection> {
  const { network, networkHash, protocol } = listed
  const set = { network, networkHash, protocol }
  const all = chosenRuns(parts.project, { includedOnly: false, allTries: true }).filter(isOf(set))
  const earlier = allTries ? new Set<number>() : earlierTries(parts.project.runs.list())
  const runs = all.filter(({ id }) => !earlier.has(id))
  const requests: StoredFigureRequest[] = [
    { kind: 'matrix', set, includedOnly, allTries, measure: 'rho' },
    ...recognitionRules.flatMap((rule) => recognitionStandards.map((standard) => ({ kind: 'recognition' as const, set, includedOnly, allTries, rule, standard }))),
    // Two sets make one comparison: it stands under that with the modified gradient.
    ...(runs[0]?.protocol.reluGradient === 'modified' ? [{ kind: 'relu' as const, set, allTries }] : []),
    ...listed.layers.map((layer) => ({ kind: 'histogram' as const, set, layer, allTries, counts: 'log' as const })),
  ]
  const figures = await allThereAre(requests, parts)
  const shown = runs.filter(({ referenceName }) => (Array.isArray(stimuli) ? stimuli.includes(referenceName) : stimuli))
  return { set: listed, counts: layerCounts(runs, listed.layers, all.filter(({ id }) => earlier.has(id))), figures, stimuli: await stimuliOf(shown, listed.layers, parts) }
}

function checkReferences(project: Project, stimuli: ReportOptions['stimuli']): void {
  if (!Array.isArray(stimuli)) return
  const names = [...new Set(project.runs.list().filter(isFinishedMetamer).map(({ referenceName }) => referenceName))]
  const unknown = stimuli.find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new UsageError(`No finished run of this project has the reference "${unknown}". The references are: ${names.join(', ') || 'none'}. Choose of these.`)
}

/** A report leaves out what the project has nothing for. */
async function allThereAre(requests: readonly StoredFigureRequest[], parts: ReportParts): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const request of requests) figures.push(...(await whereThereIsOne(request, parts)))
  return figures
}

async function whereThereIsOne(request: StoredFigureRequest, { project, compute, version }: ReportParts): Promise<Figure[]> {
  try {
    const size = request.kind === 'histogram' || request.kind === 'null' ? histogramSize : usualSize
    return [await withRoom(request, await figureInput(request, project, compute, version), size)]
  } catch (error) {
    if (error instanceof UsageError) return []
    throw error
  }
}

/** A page is as long as it must be: what has a legend of many lines is drawn higher. */
async function withRoom(request: StoredFigureRequest, input: FigureInput, size: FigureSize): Promise<Figure> {
  try {
    return await makeFigure(request, input, size)
  } catch (error) {
    if (error instanceof NoRoomError && size.heightMm < tallest) return withRoom(request, input, { ...size, heightMm: size.heightMm + 50 })
    throw error
  }
}

const tallest = 500

/** Each reference once, then its metamers in the order of their layers. */
async function stimuliOf(runs: readonly RunSummary[], layers: readonly string[], { project, compute, version }: ReportParts): Promise<ReportStimulus[]> {
  const networks = await compute.networks()
  const encoded = (run: RunSummary, which: 'reference' | 'metamer', title: string): ReportStimulus => {
    const item = exportItem(project, run.id, networks)
    const picture = encodePicture(item, which, version)
    return { title, ...(picture ? { bytes: picture, mimeType: 'image/png' } : encodeStimulus(item, which, version)) }
  }
  return [...new Set(runs.map((run) => run.referenceId))].flatMap((referenceId) => {
    const inOrder = runs.filter((run) => run.referenceId === referenceId).toSorted((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer) || a.id - b.id)
    const first = inOrder[0]!
    return [
      encoded(first, 'reference', `${first.referenceName}${first.labels ? `, “${first.labels.reference}”` : ''}`),
      ...inOrder.map((run) => encoded(run, 'metamer', metamerTitle(run))),
    ]
  })
}
