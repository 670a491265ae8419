import type { FilterRow } from './erbFilterbank.ts'
import type { SubbandDesign } from './subbandEnvelopes.ts'

/** Neighbouring rows whose subbands are computed at one rate. */
export interface Band {
  rows: FilterRow[]
  /** Values per subband over the whole sound; the number of samples where nothing is reduced. */
  length: number
}

/** Values per bin of a subband: at 1 the subband itself just fits, its magnitude needs several. */
const oversampling = 12
/** Values of a subband per envelope value, at least. */
const leastPerColumn = 30
/** The same where a band is cut small: none of its rows is far narrower than the widest. */
const leastOfGroup = 20
const mostBands = 3

/** All rows at the full rate. */
export function wholeBank({ filterbank, samples }: SubbandDesign): Band[] {
  return [{ rows: filterbank.rows, length: samples }]
}

/** Cut the bank into bands at rates that suit their widest row, so that as few values as possible are computed. */
export function bandsAtReducedRate(design: SubbandDesign): Band[] {
  const lengths = lengthsNeeded(design, leastPerColumn)
  const candidates = cuts(lengths, mostBands).map((ends) => bandsFrom(design.filterbank.rows, lengths, ends))
  const values = (bands: Band[]) => bands.reduce((sum, band) => sum + band.rows.length * band.length, 0)
  return candidates.reduce((best, bands) => (values(bands) < values(best) ? bands : best))
}

/** Cut the bank into groups of so many rows, each at the rate that its widest row needs. */
export function groupsAtReducedRate(design: SubbandDesign, size: number): Band[] {
  const lengths = lengthsNeeded(design, leastOfGroup)
  const ends = lengths.flatMap((_, r) => ((r + 1) % size === 0 || r + 1 === lengths.length ? [r + 1] : []))
  return bandsFrom(design.filterbank.rows, lengths, ends)
}

/** Length that each row needs, never less than the row before. */
function lengthsNeeded({ filterbank, columns, factor }: SubbandDesign, least: number): number[] {
  let longest = 0
  return filterbank.rows.map((row) => {
    const perColumn = Math.max(least, Math.ceil((oversampling * row.values.length) / columns))
    longest = Math.max(longest, columns * Math.min(factor, nextSmooth(perColumn)))
    return longest
  })
}

/** Smallest product of twos, threes and fives that is not below n: transforms of such lengths are fast. */
function nextSmooth(n: number): number {
  return isSmooth(n) ? n : nextSmooth(n + 1)
}

/** Whether n is a product of twos, threes and fives. */
export function isSmooth(n: number): boolean {
  let rest = n
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime
  return rest === 1
}

/** Every way to end at most `most` bands where the needed length changes. */
function cuts(lengths: number[], most: number): number[][] {
  const ends = lengths.flatMap((length, r) => (length !== lengths[r + 1] ? [r + 1] : []))
  const last = ends.at(-1)!
  let ways: number[][] = [[]]
  for (let cut = 1; cut < most; cut++) {
    ways = [...ways, ...ways.flatMap((way) => ends.filter((end) => end < last && end > (way.at(-1) ?? 0)).map((end) => [...way, end]))]
  }
  return ways.map((way) => [...way, last])
}

function bandsFrom(rows: FilterRow[], lengths: number[], ends: number[]): Band[] {
  return ends.map((end, b) => ({ rows: rows.slice(ends[b - 1] ?? 0, end), length: lengths[end - 1]! }))
}
