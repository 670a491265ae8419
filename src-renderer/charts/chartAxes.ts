import type { ChartConfiguration, ChartDataset } from 'chart.js'
import { whole } from '../design/format.ts'
import { axis, baseOptions } from './chartParts.ts'
import { logTicks } from './prepare/logTicks.ts'
import type { Tokens } from './useTokens.ts'

export type ScaleOptions = NonNullable<NonNullable<ChartConfiguration['options']>['scales']>[string]

/** Updates made, from 0 to all of them. */
function updatesAxis(tokens: Tokens, updates: number) {
  const base = axis(tokens, 'update')
  return { type: 'linear' as const, min: 0, max: updates, ...base, ticks: { ...base.ticks, maxTicksLimit: 6, maxRotation: 0, callback: (value: string | number) => whole(Number(value)) } }
}

/** A logarithmic axis with at most six marks. */
export function logAxis(tokens: Tokens, title: string, written: (value: number) => string) {
  const base = axis(tokens, title)
  return {
    type: 'logarithmic' as const,
    ...base,
    afterBuildTicks(scale: { min: number; max: number; ticks: Array<{ value: number }> }) {
      scale.ticks = logTicks(scale.min, scale.max, 6).map((value) => ({ value }))
    },
    ticks: { ...base.ticks, callback: (value: string | number) => written(Number(value)) },
  }
}

/** Lines over updates; the pointer finds the nearest point by its update. `label` says what a point is. */
export function linesOverUpdates(tokens: Tokens, updates: number, datasets: Array<ChartDataset<'line'>>, y: ScaleOptions, label: (name: string, value: number) => string): ChartConfiguration {
  const base = baseOptions(tokens)
  const callbacks = {
    title: (items: ReadonlyArray<{ parsed: { x: number | null } }>) => `update ${whole(items[0]?.parsed.x ?? 0)}`,
    label: (item: { dataset: { label?: string }; parsed: { y: number | null } }) => label(item.dataset.label ?? '', item.parsed.y ?? NaN),
  }
  return {
    type: 'line',
    data: { datasets: datasets.map((dataset) => ({ borderWidth: 1.5, pointRadius: 0, pointHitRadius: 6, tension: 0, ...dataset })) },
    options: {
      ...base,
      parsing: false,
      normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      plugins: { ...base.plugins, tooltip: { ...base.plugins.tooltip, callbacks } },
      scales: { x: updatesAxis(tokens, updates), y },
    },
  }
}
