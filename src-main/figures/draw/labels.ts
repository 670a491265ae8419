import type { Spec } from './drawSvg.ts'
import { legendOnTop } from './legend.ts'
import { distinct, textPx } from './style.ts'

export interface LabelBar {
  signal: string
  index: number
  label: string
  probability: number
}

/** A pair of bars for each label, those of the first signal first, best on top. */
export function labelsSpec(bars: readonly LabelBar[], signals: readonly string[]): Spec {
  // Two classes may bear one name.
  const keyOf = ({ index, label }: LabelBar): string => `${index} ${label}`
  const labels = [...new Map(bars.map((bar) => [keyOf(bar), bar.label]))]
  const color = { field: 'signal', type: 'nominal', sort: null, title: null, scale: { domain: signals, range: signals.map((_, i) => distinct[i % distinct.length]) }, legend: legendOnTop(signals) }
  return {
    data: { values: bars.map((bar) => ({ ...bar, key: keyOf(bar), written: percent(bar.probability) })) },
    encoding: {
      x: { field: 'probability', type: 'quantitative', title: 'probability', scale: { domain: [0, roomForNumbers], nice: false }, axis: { values: [0, 0.2, 0.4, 0.6, 0.8, 1] } },
      y: { field: 'key', type: 'nominal', sort: labels.map(([key]) => key), title: null, scale: { paddingInner: 0.3, paddingOuter: 0.15 }, axis: { labelExpr: `${JSON.stringify(Object.fromEntries(labels))}[datum.value]`, domain: false, ticks: false } },
      yOffset: { field: 'signal', sort: signals },
    },
    layer: [
      { mark: { type: 'bar' }, encoding: { color } },
      { mark: { type: 'text', align: 'left', baseline: 'middle', dx: 3, fontSize: textPx.small }, encoding: { text: { field: 'written', type: 'nominal' } } },
    ],
  }
}

/** Beside a bar that is as long as it can be. */
const roomForNumbers = 1.12

function percent(probability: number): string {
  const value = 100 * probability
  return value > 0 && value < 0.1 ? '< 0.1 %' : `${value.toFixed(1)} %`
}
