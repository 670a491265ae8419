import type { SoundArea } from '../../domain/soundAreas.ts'
import type { Spec } from './drawSvg.ts'
import { colours } from './style.ts'

const chance = 0.5

/** Bars from chance on, to the right where a sound is told, to the left where it is taken for its absence. */
export function areasSpec(areas: readonly SoundArea[]): Spec {
  const drawn = areas.flatMap(({ label, area }) => (area === null ? [] : [{ label, area, chance }]))
  const lowest = drawn.reduce((least, { area }) => Math.min(least, area), chance)
  const x = { field: 'area', type: 'quantitative', title: 'area under the ROC curve', scale: { domain: [Math.floor(10 * lowest) / 10, 1], nice: false, zero: false } }
  const color = { condition: { test: `datum.area < ${chance}`, value: colours.excluded }, value: colours.included }
  return {
    layer: [
      {
        data: { values: drawn },
        mark: { type: 'bar', height: { band: 0.7 } },
        encoding: { x, x2: { field: 'chance' }, y: { field: 'label', type: 'nominal', sort: null, title: null, axis: { labelOverlap: true, domain: false, ticks: false } }, color },
      },
      { data: { values: [{ chance }] }, mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1, color: colours.criterion }, encoding: { x: { ...x, field: 'chance' } } },
    ],
  }
}
