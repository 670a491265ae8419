import type { ConfusionCell } from '../../domain/confusions.ts'
import type { Spec } from './drawSvg.ts'
import { colours, textPx } from './style.ts'

export interface Confusions {
  cells: readonly ConfusionCell[]
  words: readonly string[]
  /** What a word is called. */
  label: string
  /** Whether each cell has its number. */
  counts: boolean
}

/** More names than this are thinned out, and stand upright rather than aslant. */
const mostNamed = 40
const mostAslant = 12

/** A heat map on white; the cells that are empty are left out. */
export function confusionsSpec({ cells, words, label, counts }: Confusions): Spec {
  // By number: two labels may bear one name.
  const places = words.map((_, i) => i)
  const padding = counts ? 0.05 : 0
  const scale = { domain: places, paddingInner: padding, paddingOuter: padding }
  const axis = { labelExpr: `${JSON.stringify(words)}[datum.value]`, labelOverlap: words.length > mostNamed, labelLimit: 130, domain: false, ticks: false }
  const place = (field: string, title: string, labelAngle: number): Spec => ({ field, type: 'ordinal', sort: places, title, scale, axis: { ...axis, labelAngle } })
  return {
    data: { values: cells },
    view: { stroke: colours.quiet, strokeWidth: 0.5 },
    encoding: { x: place('said', `${label} given`, words.length > mostAslant ? -90 : -45), y: place('right', `right ${label}`, 0) },
    layer: [
      {
        mark: { type: 'rect', aria: counts },
        encoding: { color: { field: 'share', type: 'quantitative', scale: { scheme: 'blues', domain: [0, 1] }, legend: { title: 'share', orient: 'right', gradientLength: { expr: 'height' }, titleOrient: 'right', format: '.0%' } } },
      },
      ...(counts ? [{ mark: { type: 'text', fontSize: textPx.label }, encoding: { text: { field: 'count', type: 'quantitative' }, color: { condition: { test: 'datum.share > 0.55', value: 'white' }, value: 'black' } } }] : []),
    ],
  }
}
