import type { Spec } from './drawSvg.ts'
import { distinct, textPx } from './style.ts'
import { textWidth } from './textWidth.ts'

export interface SizeBar {
  from: number
  to: number
  count: number
}

/** A histogram of files, its counts over the bars. */
export function sizesSpec(bars: readonly SizeBar[], axis: string): Spec {
  const most = Math.max(...bars.map(({ count }) => count))
  const widest = Math.max(...bars.map(({ count }) => textWidth(count.toLocaleString('en-GB'), textPx.small, false)))
  const x = { field: 'from', type: 'quantitative', title: axis, scale: { domain: [0, bars.at(-1)!.to || 1], nice: false, zero: false } }
  const y = { field: 'count', type: 'quantitative', title: 'files', scale: { domain: [0, headroom * most], nice: false }, axis: { format: ',d', tickMinStep: 1 } }
  return {
    data: { values: bars.map((bar) => ({ ...bar, floor: 0, middle: (bar.from + bar.to) / 2, written: bar.count.toLocaleString('en-GB') })) },
    layer: [
      { mark: { type: 'rect', color: distinct[0], stroke: 'white', strokeWidth: 0.5 }, encoding: { x, x2: { field: 'to' }, y, y2: { field: 'floor' } } },
      { transform: [{ filter: 'datum.count > 0' }], mark: { type: 'text', baseline: 'bottom', dy: -2, fontSize: textPx.small, opacity: { expr: `width / ${bars.length} > ${widest} ? 1 : 0` } }, encoding: { x: { ...x, field: 'middle' }, y, text: { field: 'written', type: 'nominal' } } },
    ],
  }
}

/** Of the highest bar: its count stands over it. */
const headroom = 1.1
