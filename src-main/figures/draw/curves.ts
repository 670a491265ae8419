import type { Spec } from './drawSvg.ts'
import { legendOnTop } from './legend.ts'
import { distinct } from './style.ts'

export interface CurvePoint {
  /** What has a colour of its own. */
  series: string
  /** Which of its lines: drawn through, dashed, ... in the order in which they come. */
  line: string
  update: number
  value: number
  /** Few enough that each is to be seen. */
  dot: boolean
}

export interface Curves {
  points: readonly CurvePoint[]
  axis: string
  scale: 'logarithmic' | 'from 0 to 1' | 'from 0'
}

const dashes = [[1, 0], [4, 3], [1, 2], [6, 2, 1, 2]]

/** Values over updates: a colour for each series, a dash for each of its lines. */
export function curvesSpec({ points, axis, scale }: Curves): Spec {
  const [series, lines] = [distinctOf(points, 'series'), distinctOf(points, 'line')]
  const share = series.length > 1 && lines.length > 1 ? 0.5 : 1
  const legend = (names: readonly string[]): Spec | null => (names.length > 1 ? legendOnTop(names, share, { symbolType: 'stroke', symbolSize: 200 }) : null)
  const common = { type: 'nominal', sort: null, title: null }
  const color = { ...common, field: 'series', scale: { domain: series, range: series.map((_, i) => distinct[i % distinct.length]) }, legend: legend(series) }
  const strokeDash = { ...common, field: 'line', scale: { domain: lines, range: lines.map((_, i) => dashes[i % dashes.length]) }, legend: legend(lines) }
  return {
    data: { values: points },
    encoding: {
      x: { field: 'update', type: 'quantitative', title: 'update', scale: { nice: false, zero: true }, axis: { format: ',d', tickMinStep: 1 } },
      y: { field: 'value', type: 'quantitative', title: axis, ...valueScale(points, scale) },
      color,
    },
    layer: [
      { mark: { type: 'line', strokeWidth: 1.2 }, encoding: { strokeDash } },
      { transform: [{ filter: 'datum.dot' }], mark: { type: 'point', filled: true, size: 22, opacity: 1 } },
    ],
  }
}

function valueScale(points: readonly CurvePoint[], scale: Curves['scale']): Spec {
  if (scale === 'from 0 to 1') return { scale: { domain: [0, 1] } }
  const scales = { logarithmic: { type: 'log', domain: logarithmicDomain(points), nice: false }, 'from 0': { zero: true } }
  return { scale: scales[scale], axis: { format: '~g' } }
}

/** From one digit and a power of ten to another, such as 200 to 4,000: a whole decade would leave short curves flat. */
function logarithmicDomain(points: readonly CurvePoint[]): [number, number] {
  const values = points.map(({ value }) => value)
  const to = (value: number, round: (n: number) => number): number => {
    const power = 10 ** Math.floor(Math.log10(value))
    return round(value / power) * power
  }
  const [low, high] = [to(values.reduce((a, b) => Math.min(a, b)), Math.floor), to(values.reduce((a, b) => Math.max(a, b)), Math.ceil)]
  return [low, high > low ? high : 10 * low]
}

function distinctOf(points: readonly CurvePoint[], what: 'series' | 'line'): string[] {
  return [...new Set(points.map((point) => point[what]))]
}
