import { timeTicks } from '../../domain/signalAxes.ts'
import type { WaveformColumn } from '../prepare/waveformColumns.ts'
import type { Spec } from './drawSvg.ts'
import { panelTicks, panelsOf, type NamedPanel } from './panels.ts'
import { colours, distinct } from './style.ts'

/** Of the highest peak: the names stand above the curves. */
const headroom = 1.25

/** Waveforms side by side, at one scale. */
export function waveformsSpec(sides: ReadonlyArray<NamedPanel<readonly WaveformColumn[]>>, durationS: number): Spec {
  const panels = panelsOf(sides, durationS)
  const peak = Math.max(...sides.flatMap(({ content }) => content.map(({ lowest, highest }) => Math.max(-lowest, highest)))) || 1
  const values = panels.placed.flatMap(({ name, content, from }) => content.map(({ timeS, lowest, highest }) => ({ name, at: from + timeS, lowest, highest })))
  const names = sides.map(({ name }) => name)
  const x = { field: 'at', type: 'quantitative', title: 'time (s)', scale: { domain: [0, panels.length], nice: false, zero: false }, axis: { ...panelTicks(timeTicks(durationS), panels), domain: false } }
  const y = { field: 'highest', type: 'quantitative', title: 'amplitude (full scale: 1)', scale: { domain: [-peak, headroom * peak], nice: false, zero: false }, axis: { domain: false, tickCount: 5 } }
  const color = { field: 'name', type: 'nominal', sort: null, scale: { domain: names, range: names.map((_, i) => distinct[i % distinct.length]) }, legend: null }
  return {
    layer: [
      { data: { values: panels.placed.map(({ from }) => ({ at: from, to: from + durationS, highest: 0 })) }, mark: { type: 'rule', strokeWidth: 0.5, color: colours.quiet }, encoding: { x, x2: { field: 'to' }, y } },
      // With a line of their own colour: silence would leave nothing to see.
      { data: { values }, mark: { type: 'area', aria: false, opacity: 1, strokeWidth: 0.5 }, encoding: { x, y, y2: { field: 'lowest' }, fill: color, stroke: color } },
      { data: { values: panels.placed.map(({ name, from }) => ({ name, at: from })) }, mark: { type: 'text', align: 'left', baseline: 'top' }, encoding: { x, y: { value: 0 }, text: { field: 'name', type: 'nominal' } } },
    ],
  }
}
