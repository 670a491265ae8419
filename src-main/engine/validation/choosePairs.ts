import { requirePairs } from '../../domain/requirePairs.ts'
import type { Random } from '../support/random.ts'

/**
 * Choose distinct unordered pairs of stimuli at random; no stimulus with itself.
 * Pairs share members: 2,000 pairs of 100 stimuli are 2,000 comparisons, not 2,000 independent ones.
 *
 * @param stimuli  how many stimuli the pool holds
 * @param pairs    how many pairs are wanted
 * @returns [2 x pairs]: first, second, first, second, ... with first < second, in ascending order
 * @throws ProtocolError when the pool has fewer pairs than are wanted
 * @source Feather et al. 2019, section 3.1; no pair twice, as in the authors' 2023 code
 */
export function choosePairs(stimuli: number, pairs: number, random: Random): Int32Array {
  requirePairs(stimuli, pairs)
  const possible = (stimuli * (stimuli - 1)) / 2
  // Drawing until all are distinct is fast only for the smaller part; of the rest, draw what to leave out.
  const chosen =
    pairs <= possible / 2
      ? Float64Array.from(drawDistinct(stimuli, pairs, random)).sort()
      : allBut(stimuli, drawDistinct(stimuli, possible - pairs, random))
  const members = new Int32Array(2 * pairs)
  for (let k = 0; k < pairs; k++) {
    members[2 * k] = Math.floor(chosen[k]! / stimuli)
    members[2 * k + 1] = chosen[k]! % stimuli
  }
  return members
}

/** A pair (first, second) is written as first x stimuli + second. */
function drawDistinct(stimuli: number, count: number, random: Random): Set<number> {
  const drawn = new Set<number>()
  while (drawn.size < count) {
    const a = random.integer(stimuli)
    const other = random.integer(stimuli - 1)
    const b = other < a ? other : other + 1
    drawn.add(Math.min(a, b) * stimuli + Math.max(a, b))
  }
  return drawn
}

function allBut(stimuli: number, left: Set<number>): number[] {
  const pairs: number[] = []
  for (let a = 0; a < stimuli; a++) {
    for (let b = a + 1; b < stimuli; b++) {
      if (!left.has(a * stimuli + b)) pairs.push(a * stimuli + b)
    }
  }
  return pairs
}
