import type { Spec } from './drawSvg.ts'
import { legendOnTop } from './legend.ts'
import { colours, distinct, shapes, textPx } from './style.ts'

export interface LayerPoint {
  series: string
  /** Place on the horizontal axis. */
  layer: string
  value: number
  /** NaN: no bar. */
  sem: number
}

export interface LevelLine {
  label: string
  value: number
  dash: number[]
  /** Of which series, or of none. */
  series?: string
}

export interface ByLayer {
  points: readonly LayerPoint[]
  /** In order. */
  layers: readonly string[]
  /** Places whose points are not joined to the next: the natural references. */
  apart?: string
  levels: readonly LevelLine[]
  axis: string
  domain: [number, number]
}

/** Points of several lines stand side by side, so that their bars do not cover each other; in layers. */
const nearby = 0.08

/** Means with their errors by layer, one line for each series. */
export function byLayerSpec({ points, layers, apart, levels, axis, domain }: ByLayer): Spec {
  const series = [...new Set(points.map((point) => point.series))]
  const colour = { field: 'series', type: 'nominal', sort: null, title: null, scale: { domain: series, range: series.map((_, i) => distinct[i % distinct.length]) }, legend: legendOnTop(series, 1, { symbolSize: 50 }) }
  const shape = { field: 'series', type: 'nominal', sort: null, title: null, scale: { domain: series, range: series.map((_, i) => shapes[i % shapes.length]) } }
  const names = layers.map((layer) => JSON.stringify(layer)).join(', ')
  const axisOfLayers = { values: layers.map((_, i) => i), labelExpr: `[${names}][datum.value]`, labelAngle: -45, labelOverlap: false }
  const x = { field: 'place', type: 'quantitative', title: null, scale: { domain: [-0.5, layers.length - 0.5], nice: false, zero: false }, axis: axisOfLayers }
  const y = { field: 'value', type: 'quantitative', title: axis, scale: { domain } }
  const beside = (name: string): number => nearby * (series.indexOf(name) - (series.length - 1) / 2)
  const values = points.map((point) => ({
    ...point,
    place: layers.indexOf(point.layer) + beside(point.series),
    low: Math.max(domain[0], point.value - point.sem),
    high: Math.min(domain[1], point.value + point.sem),
  }))
  return {
    layer: [
      { data: { values: levels }, mark: { type: 'rule', strokeWidth: 0.9, opacity: 0.8 }, encoding: { y, strokeDash: { field: 'label', type: 'nominal', scale: { domain: levels.map((l) => l.label), range: levels.map((l) => l.dash) }, legend: null }, color: { condition: { test: 'isValid(datum.series)', ...colour }, value: colours.quiet } } },
      { data: { values: levels.filter((level) => level.series === undefined) }, mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 3, dy: -2, fontSize: textPx.small, color: colours.quiet }, encoding: { y, x: { value: 0 }, text: { field: 'label', type: 'nominal' } } },
      { data: { values: values.filter((point) => point.layer !== apart) }, mark: { type: 'line', strokeWidth: 1.3 }, encoding: { x, y, color: colour } },
      { data: { values: values.filter(({ sem }) => !Number.isNaN(sem)) }, mark: { type: 'rule', strokeWidth: 1 }, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: colour } },
      { data: { values }, mark: { type: 'point', filled: true, size: 38, opacity: 1 }, encoding: { x, y, color: colour, shape } },
    ],
  }
}
