import type { StageMeasurement } from '../../../src-main/domain/run.ts'

export interface FidelitySeries {
  stages: string[]
  /** null where ρ is undefined, so that the line has a gap there. */
  rho: Array<number | null>
  /** null where no null distribution is stored. */
  nullMaximum: Array<number | null>
  /** Index of the generation layer; -1 when it was not measured. */
  generation: number
  /** Lower end of the axis: 0, or below where a ρ or a null maximum is negative. */
  lowest: number
}

/** Arrange what was measured at each stage for the chart of ρ by layer. */
export function fidelitySeries(stages: readonly StageMeasurement[], nullMaxima: ReadonlyMap<string, number>, layer: string): FidelitySeries {
  const rho = stages.map((s) => (Number.isFinite(s.rho) ? s.rho : null))
  const nullMaximum = stages.map((s) => nullMaxima.get(s.stage) ?? null)
  const smallest = Math.min(0, ...[...rho, ...nullMaximum].map((r) => r ?? 0))
  return {
    stages: stages.map((s) => s.stage),
    rho,
    nullMaximum,
    generation: stages.findIndex((s) => s.stage === layer),
    lowest: Math.max(-1, Math.floor(smallest * 5) / 5),
  }
}
