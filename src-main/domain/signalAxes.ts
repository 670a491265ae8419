export interface AxisTick {
  label: string
  /** 0 at the low end of the axis, 1 at the high end. */
  at: number
}

const roundFrequenciesHz = [50, 200, 500, 1000, 2000, 5000]
/** Labels closer than this share of the axis would overprint. */
const NEAREST = 0.055

/**
 * Place round frequencies on an axis whose rows have the given centres, between the two nearest ones.
 *
 * @param centresHz  ascending; row i spans [i, i + 1) / rows of the axis
 * @returns ticks inside the outermost centres, low to high
 */
export function frequencyTicks(centresHz: ArrayLike<number>): AxisTick[] {
  const rows = centresHz.length
  const ticks = roundFrequenciesHz
    .filter((f) => rows > 1 && f >= centresHz[0]! && f <= centresHz[rows - 1]!)
    .map((f) => ({ label: f < 1000 ? String(f) : `${f / 1000}k`, at: (rowOf(f, centresHz) + 0.5) / rows }))
  return ticks.filter((tick, i) => i === 0 || tick.at - ticks[i - 1]!.at >= NEAREST)
}

/** Fractional row of a frequency between its neighbours. */
function rowOf(frequencyHz: number, centresHz: ArrayLike<number>): number {
  let above = 1
  while (above < centresHz.length - 1 && centresHz[above]! < frequencyHz) above++
  const low = centresHz[above - 1]!
  const high = centresHz[above]!
  return above - 1 + (high > low ? (frequencyHz - low) / (high - low) : 0)
}

/** Ticks of a time axis from 0, in steps of 0.1, 0.2, 0.5, 1, 2, 5 ... s, at most six steps. */
export function timeTicks(durationS: number): AxisTick[] {
  if (!(durationS > 0)) return []
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60].find((s) => durationS / s <= 6) ?? durationS
  const count = Math.floor(durationS / step + 1e-9)
  return Array.from({ length: count + 1 }, (_, i) => ({ label: String(Number((i * step).toFixed(1))), at: (i * step) / durationS }))
}
