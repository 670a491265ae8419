import type { NullAndMetamers } from '../prepare/nullAndMetamers.ts'
import type { Spec } from './drawSvg.ts'
import { legendOnTop } from './legend.ts'
import { colours, textPx } from './style.ts'

const names = { null: 'random pairs', included: 'included metamers', excluded: 'excluded metamers', undecided: 'undecided metamers' } as const

/** The null distribution with the metamers of one layer in the same bins; a tick for each metamer, a line at the criterion. */
export function histogramSpec({ range, bars, metamers, maximum }: NullAndMetamers, counts: 'linear' | 'log'): Spec {
  const kinds = (Object.keys(names) as Array<keyof typeof names>).filter((kind) => bars.some((bar) => bar.of === kind))
  // On a logarithmic axis a single one must still be seen.
  const lowest = counts === 'log' ? 0.5 : 0
  const color = { field: 'name', type: 'nominal', sort: null, title: null, scale: { domain: kinds.map((k) => names[k]), range: kinds.map((k) => colours[k]) }, legend: legendOnTop(kinds.map((k) => names[k])) }
  const x = { type: 'quantitative', title: 'Spearman ρ at the layer', scale: { domain: range, nice: false, zero: false } }
  const y = { type: 'quantitative', title: counts === 'log' ? 'count (log)' : 'count', scale: counts === 'log' ? { type: 'log', domainMin: lowest } : {}, axis: { labelExpr: "datum.value >= 1 || datum.value === 0 ? format(datum.value, ',d') : ''", tickMinStep: 1 } }
  return {
    layer: [
      {
        data: { values: bars.map((bar) => ({ ...bar, name: names[bar.of], floor: lowest })) },
        mark: { type: 'rect', stroke: 'white', strokeWidth: 0.3 },
        encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y: { ...y, field: 'count' }, y2: { field: 'floor' }, color, opacity: { condition: { test: "datum.of === 'null'", value: 1 }, value: 0.75 } },
      },
      { data: { values: metamers.map((m) => ({ ...m, name: names[m.outcome] })) }, mark: { type: 'tick', orient: 'vertical', height: 9, thickness: 1.2, opacity: 0.9 }, encoding: { x: { ...x, field: 'rho' }, y: { value: 4 }, color } },
      ...criterion(maximum, x),
    ],
  }
}

function criterion(maximum: number | null, x: Spec): Spec[] {
  if (maximum === null) return []
  const data = { values: [{ maximum, label: `criterion: ${maximum.toFixed(3)}` }] }
  return [
    { data, mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1, color: colours.criterion }, encoding: { x: { ...x, field: 'maximum' } } },
    { data, mark: { type: 'text', angle: 270, align: 'right', baseline: 'bottom', dy: -3, dx: -14, fontSize: textPx.small, color: colours.criterion }, encoding: { x: { ...x, field: 'maximum' }, y: { value: 0 }, text: { field: 'label', type: 'nominal' } } },
  ]
}
