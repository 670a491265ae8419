import { ShapeError } from '../../domain/errors.ts'
import type { NullSummary } from '../../domain/run.ts'
import { planNullPasses } from './planNullPasses.ts'
import { averageRanks } from './ranks.ts'

export interface NullSettings {
  /** Layers in the order in which their activations will be given, with the number of units of each. */
  layers: ReadonlyArray<{ name: string; size: number }>
  /** From choosePairs. */
  pairs: Int32Array
  /** Bytes of ranks to hold at once; when they do not suffice, stimuli are run more than once. Default 1 GB. */
  budgetBytes?: number
}

/** A null distribution in the making: asks for one stimulus after the other and takes its activations. */
export interface NullDistribution {
  /** Forward passes needed in all, and made so far. */
  readonly steps: number
  readonly done: number
  /** The stimulus whose activations are wanted now; null when all is done. The same until `add` is called. */
  next(): number | null
  /**
   * Take the activations of the stimulus that `next` named, one flat vector per layer.
   *
   * @throws ShapeError when a vector has another length than its layer
   */
  add(activations: readonly Float32Array[]): void
  /** ρ of every pair at one layer, in the order of the pairs; final when `next` gives null. */
  values(layer: number): Float32Array
  /** Pairs at this layer whose ρ is undefined because an activation vector is constant; they count as 0. */
  undefinedPairs(layer: number): number
}

/**
 * Correlate random pairs of stimuli at several layers. Each stimulus is ranked once per pass; a pair's ρ is
 * then the dot product of its two centred rank vectors of length one.
 *
 * @throws ShapeError when the budget does not hold the ranks of one stimulus
 * @source Feather et al. 2019, section 3.1; ρ = 0 for constant activations as in the authors' 2023 code,
 *         make_null_distributions.py
 */
export function createNullDistribution({ layers, pairs, budgetBytes = 1e9 }: NullSettings): NullDistribution {
  const passes = planNullPasses(layers, pairs, budgetBytes)
  const steps = passes.flatMap((pass) => Array.from(pass.stimuli, (stimulus) => ({ stimulus, pass })))
  const values = layers.map(() => new Float32Array(pairs.length / 2))
  const undefinedPairs = layers.map(() => 0)
  const partners = partnersBySecond(pairs)
  let held = new Map<number, Float32Array[]>()
  let done = 0

  function correlate(pair: number, first: Float32Array[], second: Float32Array[]): void {
    for (let layer = 0; layer < layers.length; layer++) {
      const rho = dot(first[layer]!, second[layer]!)
      values[layer]![pair] = Number.isNaN(rho) ? 0 : rho
      if (Number.isNaN(rho)) undefinedPairs[layer]!++
    }
  }

  return {
    steps: steps.length,
    get done() {
      return done
    },
    next: () => steps[done]?.stimulus ?? null,
    add(activations) {
      const { stimulus, pass } = steps[done]!
      checkSizes(layers, activations)
      if (steps[done - 1]?.pass !== pass) held = new Map()
      const ranks = activations.map(unitRanks)
      for (const { pair, first } of partners.get(stimulus) ?? []) {
        const other = held.get(first)
        if (other) correlate(pair, other, ranks)
      }
      if (pass.held.has(stimulus)) held.set(stimulus, ranks)
      done++
      if (done === steps.length) held.clear()
    },
    values: (layer) => values[layer]!,
    undefinedPairs: (layer) => undefinedPairs[layer]!,
  }
}

/** The figures of a null that a verdict and a chart need. The deviation is that of the values themselves (/ n). */
export function summariseNull(values: Float32Array): Pick<NullSummary, 'pairs' | 'maximum' | 'mean' | 'deviation'> {
  const pairs = values.length
  let maximum = -Infinity
  let mean = 0
  for (const value of values) {
    maximum = Math.max(maximum, value)
    mean += value / pairs
  }
  let variance = 0
  for (const value of values) variance += (value - mean) ** 2 / pairs
  return { pairs, maximum, mean, deviation: Math.sqrt(variance) }
}

/** For every stimulus that comes second in a pair: the numbers of those pairs and their first members. */
function partnersBySecond(pairs: Int32Array): Map<number, Array<{ pair: number; first: number }>> {
  const partners = new Map<number, Array<{ pair: number; first: number }>>()
  for (let pair = 0; pair < pairs.length / 2; pair++) {
    const second = pairs[2 * pair + 1]!
    if (!partners.has(second)) partners.set(second, [])
    partners.get(second)!.push({ pair, first: pairs[2 * pair]! })
  }
  return partners
}

/** Ranks with mean 0 and norm 1; all NaN for constant activations. */
function unitRanks(activations: Float32Array): Float32Array {
  const ranks = averageRanks(activations)
  // The mean of ranks 1 .. n is known, and exact: constant activations give zeros, and 0 / 0 is NaN.
  const mean = (ranks.length + 1) / 2
  let square = 0
  for (let i = 0; i < ranks.length; i++) square += (ranks[i]! - mean) ** 2
  const norm = Math.sqrt(square)
  const unit = new Float32Array(ranks.length)
  for (let i = 0; i < ranks.length; i++) unit[i] = (ranks[i]! - mean) / norm
  return unit
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function checkSizes(layers: NullSettings['layers'], activations: readonly Float32Array[]): void {
  const sizes = activations.map((a) => a.length).join(', ')
  const expected = layers.map((layer) => layer.size).join(', ')
  if (sizes === expected) return
  const names = layers.map((layer) => layer.name).join(', ')
  throw new ShapeError(
    `Activations of sizes [${sizes}] were given for layers ${names}, which have [${expected}] units. Give those of one stimulus, in this order.`,
  )
}
