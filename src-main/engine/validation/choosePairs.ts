import { distinctPairs, requirePairs, type NullIdentity } from '../../domain/nullDistribution.ts'
import { createPermutation } from '../support/permutation.ts'

/** Which pairs of a pool are compared, one after the other. */
export type PairChoice = Pick<NullIdentity, 'seed' | 'mode' | 'augmentation'>

/**
 * Choose distinct pairs of draws at random; no stimulus meets itself. A draw is view x stimuli + stimulus: without augmentation
 * there is only view 0, the stimulus as it is. With it, all pairs of stimuli meet in view 0 first, then in all ways in which view 1 takes part, and
 * so on, in random order within each: so pairs repeat two stimuli no more often than they must, and few views are run.
 * Pairs share members: 2,000 pairs of 100 stimuli are 2,000 comparisons, not 2,000 independent ones.
 *
 * Fewer pairs are always the first of more.
 *
 * @param stimuli  how many the pool holds
 * @returns [2 x (to - from)]: first, second, first, second, ... of the pairs from `from` to before `to`
 * @throws ProtocolError when the pool has fewer pairs than `to`
 * @source Feather et al. 2019, section 3.1; no pair twice, as in the authors' 2023 code
 */
export function choosePairs(stimuli: number, from: number, to: number, choice: PairChoice): Int32Array {
  requirePairs(stimuli, { ...choice, pairs: to })
  const pairAt = choice.mode === 'pool' ? poolPairs(stimuli, choice.seed) : independentPairs(stimuli, choice.seed)
  const members = new Int32Array(2 * (to - from))
  for (let k = from; k < to; k++) members.set(pairAt(k), 2 * (k - from))
  return members
}

type PairAt = (place: number) => readonly [number, number]

function independentPairs(stimuli: number, seed: number): PairAt {
  const stimulus = createPermutation(stimuli, seed, 'null stimuli')
  return (place) => [stimulus(2 * place), stimulus(2 * place + 1)]
}

function poolPairs(stimuli: number, seed: number): PairAt {
  const distinct = distinctPairs(stimuli)
  const orders: Array<(place: number) => number> = []
  return (place) => {
    // Views 0 to v make (v + 1)^2 ways for two stimuli to meet; view v is in 2 v + 1 of them.
    const view = Math.floor(Math.sqrt(Math.floor(place / distinct)))
    orders[view] ??= createPermutation(distinct * (2 * view + 1), seed, `null pairs of view ${view}`)
    const number = orders[view](place - distinct * view * view)
    const [a, b] = stimuliOf(number % distinct)
    const [viewA, viewB] = viewsOf(Math.floor(number / distinct), view)
    return [viewA * stimuli + a, viewB * stimuli + b]
  }
}

/** The pairs with b = 1 come first, then those with b = 2: there are b (b - 1) / 2 before b. */
function stimuliOf(pair: number): [number, number] {
  let b = Math.floor((1 + Math.sqrt(1 + 8 * pair)) / 2)
  if (distinctPairs(b) > pair) b--
  if (distinctPairs(b + 1) <= pair) b++
  return [pair - distinctPairs(b), b]
}

/** (0, v) .. (v, v), then (v, 0) .. (v, v - 1). */
function viewsOf(way: number, view: number): [number, number] {
  return way <= view ? [way, view] : [view, way - view - 1]
}
