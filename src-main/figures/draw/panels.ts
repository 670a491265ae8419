import type { AxisTick } from '../../domain/signalAxes.ts'
import type { Spec } from './drawSvg.ts'

/** What stands in one panel, and its name. */
export interface NamedPanel<T> {
  name: string
  content: T
}

export interface Panels<T> {
  /** Each with its beginning on the common axis. */
  placed: Array<NamedPanel<T> & { from: number }>
  /** Of one panel, and of the common axis. */
  each: number
  length: number
}

/** White between panels, in lengths of one. */
const between = 0.05

/** Put panels of equal length side by side on one axis, which each begins anew. */
export function panelsOf<T>(panels: ReadonlyArray<NamedPanel<T>>, each: number): Panels<T> {
  const step = each * (1 + between)
  return { placed: panels.map((panel, i) => ({ ...panel, from: i * step })), each, length: panels.length * step - each * between }
}

/** The same ticks under every panel; `at` in lengths of one. */
export function panelTicks(ticks: readonly AxisTick[], { placed, each }: Pick<Panels<unknown>, 'placed' | 'each'>): Spec {
  const values = placed.flatMap(({ from }) => ticks.map(({ at }) => from + at * each))
  const labels = placed.flatMap(() => ticks.map(({ label }) => label))
  return { values, labelExpr: labelsAt(values, labels), labelOverlap: true }
}

/** Write these labels at these values of an axis. */
export function labelsAt(values: readonly number[], labels: readonly string[]): string {
  return `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`
}
