import { View, parse } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { FigureSize } from '../../domain/figure.ts'
import { config } from './style.ts'

/** A drawing in vega-lite's words, without what all share. */
export type Spec = Record<string, unknown>

const pxPerMm = 96 / 25.4

/** Draw at the size of print. @returns an SVG document whose size is given in millimetres */
export async function drawSvg(spec: Spec, title: string, { widthMm, heightMm }: FigureSize): Promise<string> {
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    width: Math.round(widthMm * pxPerMm),
    height: Math.round(heightMm * pxPerMm),
    autosize: { type: 'fit', contains: 'padding' },
    padding: 8,
    config,
    ...spec,
  } as unknown as TopLevelSpec
  const svg = await new View(parse(compile(whole, { logger: silent }).spec), { renderer: 'none' }).toSVG()
  return svg.replace(/ width="[^"]*" height="[^"]*"/, ` width="${widthMm}mm" height="${heightMm}mm"`)
}

/** Remarks on drawings are for whoever writes them, not for people who ask for one. */
const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never
