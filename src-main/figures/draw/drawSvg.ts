import { View, parse } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { FigurePlace, FigureSize } from '../../domain/figure.ts'
import { measureTexts } from './measureTexts.ts'
import { requireRoom } from './plotRoom.ts'
import { config, textPx } from './style.ts'
import { titleLines } from './titleLines.ts'

/** A drawing in vega-lite's words, without what all share. */
export type Spec = Record<string, unknown>

const pxPerMm = 96 / 25.4
/** White on all sides; where vega counts from. */
const paddingPx = 8

export interface Drawing {
  /** A document whose size is given in millimetres. */
  svg: string
  /** Where the values from one to the other lie on the x axis: the column of the plot over them, in shares of the drawing. */
  columnOf(from: number, to: number): Omit<FigurePlace, 'runs'>
}

/** Draw at the size of print. @throws NoRoomError where title, legends and axes leave next to nothing for the plot */
export async function drawSvg(spec: Spec, title: string, size: FigureSize): Promise<Drawing> {
  const { widthMm, heightMm } = size
  const [widthPx, heightPx] = [Math.round(widthMm * pxPerMm), Math.round(heightMm * pxPerMm)]
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: titleLines(title, widthPx - 2 * paddingPx, textPx.title) },
    width: widthPx,
    height: heightPx,
    autosize: { type: 'fit', contains: 'padding' },
    padding: paddingPx,
    config,
    params: [{ name: 'drawingWidth', value: widthPx }],
    ...spec,
  } as unknown as TopLevelSpec
  measureTexts()
  const view = new View(parse(compile(whole, { logger: silent }).spec), { renderer: 'none' })
  await view.runAsync()
  // Legends were laid out for a plot of the whole size: in the smaller one they have other labels, which may be wider.
  const svg = await view.resize().toSVG()
  requireRoom(plotOf(view, widthPx, heightPx), size)
  return {
    svg: svg.replace(/ width="[^"]*" height="[^"]*"/, ` width="${widthMm}mm" height="${heightMm}mm"`),
    columnOf(from, to) {
      const x = view.scale('x') as (value: number) => number
      const [left, top] = view.origin().map((at) => at + paddingPx) as [number, number]
      return { left: (left + x(from)) / widthPx, top: top / heightPx, width: (x(to) - x(from)) / widthPx, height: view.signal('height') / heightPx }
    },
  }
}

/** What is left for the plot, in millimetres; below zero where all around it does not fit. */
function plotOf(view: View, widthPx: number, heightPx: number): Pick<FigureSize, 'widthMm' | 'heightMm'> {
  const { x1, x2, y1, y2 } = (view.scenegraph() as unknown as { root: { bounds: Record<'x1' | 'x2' | 'y1' | 'y2', number> } }).root.bounds
  const left = (plotPx: number, drawnPx: number, wholePx: number): number => (plotPx - Math.max(0, drawnPx + 2 * paddingPx - wholePx)) / pxPerMm
  return { widthMm: left(view.signal('width'), x2 - x1, widthPx), heightMm: left(view.signal('height'), y2 - y1, heightPx) }
}

/** Remarks on drawings are for whoever writes them, not for people who ask for one. */
const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never
