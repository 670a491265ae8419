import type { KernelSheet } from '../prepare/kernelSheet.ts'
import type { Spec } from './drawSvg.ts'
import { textPx } from './style.ts'

/** Kernels side by side, their pixels square. One channel: red is positive, blue negative. Three: their colours, grey is 0. */
export function kernelsSpec({ pixels, numbers, width, height, largest, channels }: KernelSheet): Spec {
  const most = largest || 1
  // As large as the plot allows, which is known only when it is drawn.
  const pixel = `min(width / ${width}, height / ${height})`
  const x = { field: 'left', type: 'quantitative', axis: null, scale: { domain: [0, { expr: `width / ${pixel}` }], nice: false, zero: false } }
  const y = { field: 'top', type: 'quantitative', axis: null, scale: { domain: [{ expr: `height / ${pixel}` }, 0], nice: false, zero: false } }
  const values = pixels.map(({ left, top, weights }) => ({ left, top, right: left + 1, bottom: top + 1, weight: weights[0], colour: colourOf(weights, most) }))
  const fill =
    channels === 3
      ? { field: 'colour', type: 'nominal', scale: null }
      : { field: 'weight', type: 'quantitative', scale: { scheme: 'redblue', reverse: true, domain: [-most, most] }, legend: { title: 'weight', titleOrient: 'right', gradientLength: { expr: 'height' }, format: '.2~g' } }
  return {
    layer: [
      { data: { values }, mark: { type: 'rect', aria: false }, encoding: { x, x2: { field: 'right' }, y, y2: { field: 'bottom' }, fill } },
      { data: { values: numbers }, mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -1, fontSize: textPx.small, opacity: { expr: `${pixel} * ${numbers[0]!.top} > 7 ? 1 : 0` } }, encoding: { x, y, text: { field: 'kernel', type: 'quantitative' } } },
    ],
  }
}

/** -1 to 1 of the largest as black to the full colour. */
function colourOf(weights: readonly number[], most: number): string {
  return `rgb(${weights.map((weight) => Math.round(127.5 * (1 + weight / most))).join(', ')})`
}
