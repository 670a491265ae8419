import { encode, type IndexedColors } from 'fast-png'
import { frequencyTicks, timeTicks } from '../../domain/signalAxes.ts'
import type { CochleagramPicture } from '../../domain/stimulus.ts'
import type { Spec } from './drawSvg.ts'
import { paletteOf } from './palette.ts'
import { labelsAt, panelTicks, panelsOf, type NamedPanel } from './panels.ts'

const scheme = 'magma'
/** For the names above the pictures. */
const headPx = 15

/** Two cochleagrams side by side, in one range of colours; each is a picture of as many pixels as it has values. */
export function cochleagramsSpec(sides: ReadonlyArray<NamedPanel<CochleagramPicture>>): Spec {
  const [first] = sides
  const { frequenciesHz, rows, columns, envelopeRateHz } = first!.content
  const durationS = columns / envelopeRateHz
  const largest = Math.max(...sides.map(({ content }) => content.maximum)) || 1
  const panels = panelsOf(sides, durationS)
  const ticks = frequencyTicks(frequenciesHz)
  const frequencies = ticks.map(({ at }) => at * rows)
  const palette = paletteOf(scheme)
  const values = panels.placed.map(({ content, from }) => ({ from, url: pictureUrl(content, largest, palette) }))
  const x = { field: 'from', type: 'quantitative', title: 'time (s)', scale: { domain: [0, panels.length], nice: false, zero: false }, axis: { ...panelTicks(timeTicks(durationS), panels), domain: false } }
  const y = {
    field: 'row', type: 'quantitative', title: 'frequency (Hz)', scale: { domain: [0, { expr: `${rows} * height / (height - ${headPx})` }], nice: false, zero: false },
    axis: { values: frequencies, labelExpr: labelsAt(frequencies, ticks.map(({ label }) => label)), domain: false },
  }
  const fill = { field: 'value', type: 'quantitative', scale: { scheme, domain: [0, largest] }, legend: { title: 'envelope', titleOrient: 'right', gradientLength: { expr: 'height' }, format: '.2~g' } }
  return {
    layer: [
      {
        data: { values },
        mark: { type: 'image', aria: false, aspect: false, smooth: false, align: 'left', baseline: 'top', width: { expr: `width * ${durationS / panels.length}` }, height: { expr: `height - ${headPx}` } },
        encoding: { x, y: { value: headPx }, url: { field: 'url', type: 'nominal' } },
      },
      // Of no size: it brings axis and scale of colours.
      { data: { values: [{ from: 0, row: 0, value: 0 }] }, mark: { type: 'rect', aria: false, width: 0, height: 0 }, encoding: { x, y, fill } },
      { data: { values: panels.placed.map(({ name, from }) => ({ name, from })) }, mark: { type: 'text', align: 'left', baseline: 'top' }, encoding: { x, y: { value: 0 }, text: { field: 'name', type: 'nominal' } } },
    ],
  }
}

/** Low frequencies at the bottom. */
function pictureUrl({ rows, columns, data, maximum }: CochleagramPicture, largest: number, palette: IndexedColors): string {
  const pixels = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) pixels[(rows - 1 - row) * columns + column] = Math.round((data[row * columns + column]! * maximum) / largest)
  }
  let binary = ''
  for (const byte of encode({ width: columns, height: rows, data: pixels, depth: 8, channels: 1, palette })) binary += String.fromCharCode(byte)
  return `data:image/png;base64,${btoa(binary)}`
}
