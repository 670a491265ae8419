import { liesAbove, nullRounding, type NullHistogram } from '../../domain/nullDistribution.ts'
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
  /** Share of the null below this ρ by more than rounding, in percent; NaN without a null. */
  percentile: number
}

export interface NullAndMetamers {
  /** Ends of the axis of ρ, which the bins fill. */
  range: [number, number]
  bars: HistogramBar[]
  metamers: MetamerMark[]
  /** The bins that hold metamers, whatever their outcome, from low to high. */
  columns: Array<{ runs: number[]; from: number; to: number }>
  /** ρ of constant activations is undefined; such metamers are counted, not drawn. */
  undefinedMetamers: number
  maximum: number | null
}

const bins = 60

/** Count the null's correlations and the metamers of one layer in the same bins. @param distribution  null where there is none */
export function nullAndMetamers(distribution: NullHistogram | null, maximum: number | null, runs: readonly RunSummary[]): NullAndMetamers {
  const marks = runs.map((run) => markOf(run, distribution))
  const metamers = marks.filter(({ rho }) => Number.isFinite(rho))
  const ends = distribution ? [distribution.lowest[0]!, distribution.highest.at(-1)!] : []
  const [from, to] = rangeOf([...ends, ...metamers.map(({ rho }) => rho)])
  const outcomes = ['included', 'excluded', 'undecided'] as const
  const bars = [
    ...barsOf('null', binsOf(distribution), from, to),
    ...outcomes.flatMap((outcome) => barsOf(outcome, metamers.filter((m) => m.outcome === outcome).map(({ rho }) => ({ value: rho, count: 1 })), from, to)),
  ]
  return { range: [from, to], bars, metamers, columns: columnsOf(metamers, from, to), undefinedMetamers: marks.length - metamers.length, maximum }
}

function markOf(run: RunSummary, distribution: NullHistogram | null): MetamerMark {
  const rho = run.rho ?? NaN
  const percentile = distribution && Number.isFinite(rho) ? 100 * shareBelow(rho, distribution) : NaN
  return { run: run.id, reference: run.referenceName, outcome: run.verdict?.outcome ?? 'undecided', rho, percentile }
}

/** Exact where the extremes reach, else to a bin of the null, which is 1/4096 wide. */
function shareBelow(rho: number, { counts, lowest, highest }: NullHistogram): number {
  const pairs = counts.reduce((sum, count) => sum + count, 0)
  const lower = (values: Float32Array): number => values.reduce((sum, value) => sum + Number(liesAbove(rho, value)), 0)
  if (liesAbove(rho, highest[0]!)) return (pairs - highest.length + lower(highest)) / pairs
  if (!liesAbove(rho, lowest.at(-1)!)) return lower(lowest) / pairs
  const bin = Math.floor(((rho - nullRounding + 1) * counts.length) / 2)
  return counts.subarray(0, bin).reduce((sum, count) => sum + count, 0) / pairs
}

interface Counted {
  value: number
  count: number
}

/** The null's own bins, far narrower than those drawn, by their middles. */
function binsOf(distribution: NullHistogram | null): Counted[] {
  if (!distribution) return []
  const { counts } = distribution
  return Array.from(counts, (count, i) => ({ value: (2 * i + 1) / counts.length - 1, count })).filter(({ count }) => count > 0)
}

/** In steps of 0.1 and within [-1, 1]. */
function rangeOf(values: readonly number[]): [number, number] {
  const low = Math.max(-1, Math.floor(10 * Math.min(0, ...values)) / 10)
  const high = Math.min(1, Math.ceil(10 * Math.max(...values, low + 0.1)) / 10)
  return [low, Math.max(high, low + 0.1)]
}

/** Empty bars are left out. */
function barsOf(of: HistogramBar['of'], values: readonly Counted[], from: number, to: number): HistogramBar[] {
  const width = (to - from) / bins
  const counts = new Array<number>(bins).fill(0)
  for (const { value, count } of values) counts[binOf(value, from, width)]! += count
  return counts.map((count, i) => ({ of, from: from + i * width, to: from + (i + 1) * width, count })).filter(({ count }) => count > 0)
}

function columnsOf(metamers: readonly MetamerMark[], from: number, to: number): NullAndMetamers['columns'] {
  const width = (to - from) / bins
  const byBin = new Map<number, number[]>()
  for (const { run, rho } of metamers) byBin.set(binOf(rho, from, width), [...(byBin.get(binOf(rho, from, width)) ?? []), run])
  return [...byBin].sort(([a], [b]) => a - b).map(([bin, runs]) => ({ runs, from: from + bin * width, to: from + (bin + 1) * width }))
}

function binOf(value: number, from: number, width: number): number {
  return Math.max(0, Math.min(bins - 1, Math.floor((value - from) / width)))
}
