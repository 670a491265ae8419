import type { Spec } from './drawSvg.ts'
import { textPx } from './style.ts'
import { textWidth } from './textWidth.ts'

/** Of a symbol, and of the white on both sides of it. */
const symbolPx = 30

/** Of the axis at the left and the white on both sides. The plot's own width is no measure: it is known only after the legend's height. */
const axisPx = 60

/**
 * A legend over the plot: names are shown whole, as many side by side as there is room for.
 *
 * @param share  of the width that it may take
 * @param look   what is different about it
 */
export function legendOnTop(names: readonly string[], share = 1, look: Spec = {}): Spec {
  const widest = symbolPx + Math.max(...names.map((name) => textWidth(name, textPx.label, false)))
  return { orient: 'top', columns: { expr: `max(1, min(${names.length}, floor(${share} * (drawingWidth - ${axisPx}) / ${widest})))` }, labelLimit: 0, ...look }
}
