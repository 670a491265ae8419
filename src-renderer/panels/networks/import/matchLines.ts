import type { WeightMatch, WeightMatchRow } from '../../../../src-main/domain/importing.ts'

export interface MatchLine {
  state: 'matched' | 'missing' | 'extra'
  weight: string | null
  weightShape: number[] | null
  source: string | null
  sourceShape: number[] | null
  how: WeightMatchRow['how']
  change: string | null
}

/** A match as lines of one table: what is missing first, as it is what must be seen; then the network's order; what is not used last. */
export function matchLines({ rows, extra }: WeightMatch): MatchLine[] {
  const own = rows.map(
    ({ weight, shape, source, how, change }): MatchLine => ({
      state: source ? 'matched' : 'missing',
      weight,
      weightShape: shape,
      source: source?.name ?? null,
      sourceShape: source?.shape ?? null,
      how,
      change,
    }),
  )
  const unused = extra.map(({ name, shape }): MatchLine => ({ state: 'extra', weight: null, weightShape: null, source: name, sourceShape: shape, how: null, change: null }))
  return [...own.filter((line) => line.state === 'missing'), ...own.filter((line) => line.state === 'matched'), ...unused]
}
