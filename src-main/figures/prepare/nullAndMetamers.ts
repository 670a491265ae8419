import type { RunSummary } from '../../domain/run.ts'

export interface HistogramBar {
  of: 'null' | 'included' | 'excluded' | 'undecided'
  from: number
  to: number
  count: number
}

export interface MetamerMark {
  run: number
  reference: string
  outcome: 'included' | 'excluded' | 'undecided'
  rho: number
  /** Share of the null below this ρ, in percent; NaN without a null. */
  percentile: number
}

export interface NullAndMetamers {
  bars: HistogramBar[]
  metamers: MetamerMark[]
  /** ρ of constant activations is undefined; such metamers are counted, not drawn. */
  undefinedMetamers: number
  maximum: number | null
}

const bins = 60

/** Count the null's correlations and the metamers of one layer in the same bins. @param values  of the null; null where there is none */
export function nullAndMetamers(values: Float32Array | null, maximum: number | null, runs: readonly RunSummary[]): NullAndMetamers {
  const sorted = values && Float32Array.from(values).sort()
  const marks = runs.map((run) => markOf(run, sorted))
  const metamers = marks.filter(({ rho }) => Number.isFinite(rho))
  const [from, to] = rangeOf([...(sorted ? [sorted[0]!, sorted.at(-1)!] : []), ...metamers.map(({ rho }) => rho)])
  const count = (of: HistogramBar['of'], list: ArrayLike<number>): HistogramBar[] => barsOf(of, list, from, to)
  const outcomes = ['included', 'excluded', 'undecided'] as const
  const bars = [
    ...(values ? count('null', values) : []),
    ...outcomes.flatMap((outcome) => count(outcome, metamers.filter((m) => m.outcome === outcome).map(({ rho }) => rho))),
  ]
  return { bars, metamers, undefinedMetamers: marks.length - metamers.length, maximum }
}

function markOf(run: RunSummary, sorted: Float32Array | null): MetamerMark {
  const rho = run.rho ?? NaN
  const percentile = sorted && Number.isFinite(rho) ? (100 * below(sorted, rho)) / sorted.length : NaN
  return { run: run.id, reference: run.referenceName, outcome: run.verdict?.outcome ?? 'undecided', rho, percentile }
}

/** How many of sorted values are lower. */
function below(sorted: Float32Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** In steps of 0.1 and within [-1, 1]. */
function rangeOf(values: readonly number[]): [number, number] {
  const low = Math.max(-1, Math.floor(10 * Math.min(0, ...values)) / 10)
  const high = Math.min(1, Math.ceil(10 * Math.max(...values, low + 0.1)) / 10)
  return [low, Math.max(high, low + 0.1)]
}

/** Empty bars are left out. */
function barsOf(of: HistogramBar['of'], values: ArrayLike<number>, from: number, to: number): HistogramBar[] {
  const width = (to - from) / bins
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < values.length; i++) counts[Math.max(0, Math.min(bins - 1, Math.floor((values[i]! - from) / width)))]!++
  return counts.map((count, i) => ({ of, from: from + i * width, to: from + (i + 1) * width, count })).filter(({ count }) => count > 0)
}
