import { counted, quantity } from '../../design/format.ts'
import type { Point } from './thin.ts'

/** One line of a chart of values over updates. */
export interface Line {
  name: string
  colour: string
  points: Point[]
  /** A dot at each point: for values that are few. */
  dots?: boolean
  /** Broken, to be told from a whole line of the same colour. */
  dashed?: boolean
}

/** Colours of trainings that are drawn over each other, the first of them the first; then they come round again. @source Tableau 10 */
const colours = ['#4e79a7', '#f28e2b', '#59a14f', '#e15759', '#b07aa1', '#76b7b2', '#9c755f', '#edc948']

export function lineColour(index: number): string {
  return colours[index % colours.length]!
}

/** Whether the highest value is ten times the lowest or more: a logarithmic axis of less has hardly a tick. */
export function spansDecade(lines: readonly Line[]): boolean {
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y))
  const [lowest, highest] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), 0)]
  return lowest > 0 && highest >= 10 * lowest
}

/** The chart in words and figures. */
export function describeLines(what: string, lines: readonly Line[]): string {
  const drawn = lines.filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return `${what}: no values yet.`
  const ends = drawn.map(({ name, points }) => `${name} ${quantity(points.at(-1)!.y)} after ${counted(points.at(-1)!.x, 'update')}`)
  return `${what}: ${ends.join('; ')}.`
}

