import { whole } from '../design/format.ts'
import { axis } from './chartParts.ts'
import { logTicks } from './prepare/logTicks.ts'
import type { Tokens } from './useTokens.ts'

/** Updates made, from 0 to all of them. */
export function updatesAxis(tokens: Tokens, updates: number) {
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

/** What the pointer finds: the nearest point, by its update. */
export const nearestUpdate = { mode: 'nearest', axis: 'x', intersect: false } as const

export function updateTitle(items: ReadonlyArray<{ parsed: { x: number | null } }>): string {
  return `update ${whole(items[0]?.parsed.x ?? 0)}`
}
