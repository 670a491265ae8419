import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import type { RunDetail } from '../domain/run.ts'
import type { ActivationComparison } from '../domain/activations.ts'
import { circumstances } from './caption.ts'
import { densityCells, mapCells, mapSpec, scatterSpec } from './draw/activations.ts'
import { runFigureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'

/** Activations of one metamer against those of its reference. */
export function scatterFigure(request: Extract<FigureRequest, { kind: 'scatter' }>, input: FigureInput): PlannedFigure {
  const { run, compared } = requireRun(request.run, input)
  const { layer } = request
  const caption = `Activations at ${layer} of ${run.network}: ${figure(compared.units)} units of the metamer (run ${run.id}, generated at ${run.layer}, "${run.referenceName}") against those of its reference, counted in bins (logarithmic colours); Spearman ρ ${compared.rho.toFixed(4)}. Dashed: equality. ${circumstances([run], false, input.programVersion)}`
  const records = densityCells(compared.density).map((cell) => ({ run: run.id, layer, ...cell }))
  return { name: nameOf(run, layer, 'scatter'), title: `${run.network}, ${layer}: run ${run.id}`, caption, records, spec: scatterSpec(compared.density) }
}

/** Where the activations differ. */
export function errorMapFigure(request: Extract<FigureRequest, { kind: 'errorMap' }>, input: FigureInput): PlannedFigure {
  const { run, compared } = requireRun(request.run, input)
  const { layer } = request
  const map = compared.map!
  const what = map.channel === null ? `root of the mean square error over ${map.channels} channels` : `metamer − reference in channel ${map.channel} of ${map.channels}`
  const averaged = map.block.rows * map.block.columns > 1 ? `, averaged over blocks of ${map.block.rows} × ${map.block.columns}` : ''
  const axes = run.kind === 'image' ? 'space' : 'frequency (rows, low at the bottom) and time (columns)'
  const caption = `Error of the metamer (run ${run.id}, generated at ${run.layer}, "${run.referenceName}") at ${layer} of ${run.network} over ${axes}: ${what}${averaged}. ${circumstances([run], false, input.programVersion)}`
  const records = mapCells(map).map((cell) => ({ run: run.id, layer, channel: map.channel, ...cell }))
  return { name: nameOf(run, layer, 'error-map'), title: `${run.network}, ${layer}: error of run ${run.id}`, caption, records, spec: mapSpec(map, run.kind === 'audio') }
}

function requireRun(id: number, { runs, compared }: FigureInput): { run: RunDetail; compared: ActivationComparison } {
  const run = runs.find((one) => one.id === id)
  if (run && compared) return { run, compared }
  throw new UsageError(`Run ${id} is not finished, so there is no metamer to compare. Choose a finished run.`)
}

function nameOf(run: RunDetail, layer: string, what: string): string {
  return runFigureName(run, `run${run.id}`, layer, what)
}

function figure(n: number): string {
  return n.toLocaleString('en-GB')
}
