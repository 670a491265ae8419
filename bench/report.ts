/** One process's answer. */
export interface Measurement {
  /** Milliseconds of each timed update. */
  times: number[]
  median: number
  /** Processor time of an update, all threads together: what a busy machine distorts least. */
  processorMs: number
  peakMb: number
  version: string
  threads: number
}

export interface Spread {
  median: number
  min: number
  max: number
  /** Least of the processes. */
  processorMs: number
  peakMb: number
}

export interface CaseResult {
  name: string
  unit: string
  ours: Spread
  peers: Record<string, Spread>
  /** Ours to the fastest peer, by medians; null without peers. */
  ratio: number | null
  /** The same of each round by itself: least and greatest. */
  ratioSpread: { min: number; max: number } | null
}

/** @param peers  of each variant, a measurement for each round; a variant that failed has fewer or none */
export function caseResult(name: string, ours: Measurement[], peers: Record<string, Measurement[]>): CaseResult {
  const measured = Object.entries(peers).filter(([, m]) => m.length > 0)
  const ourSpread = spread(ours)
  const peerSpreads = Object.fromEntries(measured.map(([peer, m]) => [peer, spread(m)]))
  const fastest = Math.min(...Object.values(peerSpreads).map((s) => s.median))
  const byRound = ours.map((own, round) => own.median / Math.min(...measured.map(([, m]) => m[round]?.median ?? Infinity)))
  const known = Number.isFinite(fastest)
  return {
    name, unit: unitOf(name), ours: ourSpread, peers: peerSpreads,
    ratio: known ? ourSpread.median / fastest : null,
    ratioSpread: known ? { min: Math.min(...byRound), max: Math.max(...byRound) } : null,
  }
}

function unitOf(name: string): string {
  if (name.startsWith('null/rank')) return 'ms per vector'
  return name.startsWith('null/') ? 'ms per pair' : 'ms per update'
}

export function tableOf(results: CaseResult[], machine: string, versions: Record<string, string>): string {
  const lines = [`${machine}; ${Object.entries(versions).map(([k, v]) => `${k} ${v}`).join(', ')}`, 'Milliseconds: median of process medians (fastest .. slowest update), least processor time, peak memory.', '']
  for (const result of results) {
    lines.push(`${result.name}, ${result.unit}`, `  ${row('ours', result.ours)}`)
    for (const [name, s] of Object.entries(result.peers)) lines.push(`  ${row(name, s)}   ours is ${ratio(result.ours.median / s.median)} times this`)
    if (result.ratio !== null) lines.push(`  ratio to the fastest: ${ratio(result.ratio)} (round by round ${ratio(result.ratioSpread!.min)} .. ${ratio(result.ratioSpread!.max)})`)
    lines.push('')
  }
  return lines.join('\n') + '\n'
}

function row(name: string, s: Spread): string {
  const range = `(${figure(s.min)} .. ${figure(s.max)})`
  return `${name.padEnd(46)} ${figure(s.median).padStart(8)} ${range.padEnd(20)} ${figure(s.processorMs).padStart(8)} ${String(s.peakMb).padStart(6)} MB`
}

function ratio(value: number): string {
  return value < 0.01 ? value.toPrecision(2) : value.toFixed(2)
}

/** One decimal for updates, more for what takes microseconds. */
function figure(ms: number): string {
  return ms < 1 ? ms.toPrecision(3) : ms.toFixed(1)
}

function spread(measurements: Measurement[]): Spread {
  const all = measurements.flatMap((m) => m.times)
  return { median: median(measurements.map((m) => m.median)), min: Math.min(...all), max: Math.max(...all), processorMs: Math.min(...measurements.map((m) => m.processorMs)), peakMb: Math.max(...measurements.map((m) => m.peakMb)) }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
