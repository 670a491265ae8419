import type { Spec } from './drawSvg.ts'
import { labelsAt, panelsOf, type NamedPanel } from './panels.ts'
import { colours, distinct, textPx } from './style.ts'
import { textWidth } from './textWidth.ts'

export interface CountPanel {
  /** Beside its name. */
  total: number
  /** One for each label, in their order. */
  counts: readonly number[]
}

/** For the names above the bars, in two lines. */
const headPx = 30
/** Of a bar's height: few labels need no thick ones. */
const mostBarPx = 24
/** Of a panel that its longest bar takes: the numbers stand beside the bars. */
const barShare = 0.76
/** Of a line with a number, at least. */
const linePx = 7
/** At most so many steps on the axis of a panel. */
const steps = 2

/** Bars of each label, a panel beside the other, each with its own scale; a bar that is none has its nought in colour. */
export function countsSpec(sides: ReadonlyArray<NamedPanel<CountPanel>>, labels: readonly string[], axis: string): Spec {
  const panels = panelsOf(sides, 1)
  const placed = panels.placed.map((panel) => ({ ...panel, perCount: barShare / Math.max(1, ...panel.content.counts) }))
  const ticks = placed.flatMap(({ from, perCount }) => roundCounts(barShare / perCount).map((count) => ({ at: from + count * perCount, label: count.toLocaleString('en-GB') })))
  const values = placed.flatMap(({ from, perCount, content }) => content.counts.map((count, label) => ({ label, from, to: from + count * perCount, count, written: count.toLocaleString('en-GB') })))
  const at = ticks.map((tick) => tick.at)
  const x = { field: 'from', type: 'quantitative', title: axis, scale: { domain: [0, panels.length], nice: false, zero: false }, axis: { values: at, labelExpr: labelsAt(at, ticks.map(({ label }) => label)), labelOverlap: 'greedy', domain: false } }
  // By number: two labels may be written alike but for blanks.
  const y = {
    field: 'label', type: 'ordinal', sort: labels.map((_, i) => i), title: null, scale: { range: [headPx, { expr: 'height' }], paddingInner: 0.25, paddingOuter: 0.1 },
    axis: { labelExpr: `${JSON.stringify(labels)}[datum.value]`, labelOverlap: true, labelLimit: { expr: 'min(130, drawingWidth / 3)' }, domain: false, ticks: false },
  }
  return {
    layer: [
      { data: { values: placed.map(({ from }) => ({ from })) }, mark: { type: 'rule', strokeWidth: 0.8, color: colours.quiet }, encoding: { x, y: { value: headPx }, y2: { value: { expr: 'height' } } } },
      { data: { values }, mark: { type: 'bar', aria: false, color: distinct[0], height: { expr: `min(bandwidth('y'), ${mostBarPx})` } }, encoding: { x, x2: { field: 'to' }, y } },
      {
        data: { values },
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 3, fontSize: textPx.small, opacity: { expr: whereItFits(values.map(({ written }) => written), panels.length) } },
        encoding: { x: { ...x, field: 'to' }, y, text: { field: 'written', type: 'nominal' }, color: { condition: { test: 'datum.count === 0', value: colours.excluded }, value: 'black' } },
      },
      {
        data: { values: placed.map(({ name, from, content }) => ({ from, lines: [name, `${content.total.toLocaleString('en-GB')} ${axis}`] })) },
        mark: { type: 'text', align: 'left', baseline: 'top', limit: { expr: `width / ${panels.length}` } },
        encoding: { x, y: { value: 0 }, text: { field: 'lines', type: 'nominal' } },
      },
    ],
  }
}

/** Noughts are short, and more telling than other numbers, which are in the table, too. */
function whereItFits(written: readonly string[], length: number): string {
  const widest = Math.max(...written.map((number) => textWidth(number, textPx.small, false)))
  return `bandwidth('y') > ${linePx} && (datum.count === 0 || width * ${(1 - barShare) / length} > ${widest}) ? 1 : 0`
}

/** 0 and a few round numbers up to the largest. */
function roundCounts(largest: number): number[] {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(largest / steps)))
  const step = [1, 2, 5, 10].find((factor) => largest / (factor * power) < steps + 1)! * power
  return Array.from({ length: Math.floor(largest / step + 1e-9) + 1 }, (_, i) => i * step)
}
