import type { LayerMatrix, MatrixCell, MatrixMeasure, RunSet } from '../../domain/figure.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import type { RunDetail } from '../../domain/run.ts'
import { meanOverReferences } from '../meanAndSem.ts'

type MeasuredRun = Pick<RunDetail, 'layer' | 'referenceId' | 'judgement'>

/**
 * Average what was measured on metamers, those of one reference first, by the layer that they were generated at and the layer that was measured.
 *
 * @param runs     finished ones of this set
 * @param network  gives the order, and which stages are layers that metamers are made at; null takes all that were measured
 */
export function layerMatrix(set: RunSet, measure: MatrixMeasure, runs: readonly MeasuredRun[], network: Pick<NetworkSummary, 'stages'> | null): LayerMatrix {
  const stages = (runs[0]?.judgement?.stages ?? []).map(({ stage }) => stage)
  const measured = network ? network.stages.filter(({ name, metamerLayer }) => metamerLayer && stages.includes(name)).map(({ name }) => name) : stages
  const generated = stages.filter((stage) => runs.some(({ layer }) => layer === stage))
  return { set, measure, generated, measured, cells: generated.flatMap((layer) => rowOf(layer, measured, measure, runs)) }
}

function rowOf(generated: string, measured: readonly string[], measure: MatrixMeasure, runs: readonly MeasuredRun[]): MatrixCell[] {
  const rows = runs.filter(({ layer }) => layer === generated).map(({ referenceId, judgement }) => ({ referenceId, stages: new Map(judgement?.stages.map((stage) => [stage.stage, stage])) }))
  return measured.map((stage) => ({ generated, measured: stage, ...meanOverReferences(rows.map(({ referenceId, stages }) => ({ referenceId, value: stages.get(stage)?.[measure] ?? NaN }))) }))
}
