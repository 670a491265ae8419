import { z } from 'zod'
import { ProtocolError } from './errors.ts'

/**
 * pool: distinct pairs of all that can be made of the stimuli; pairs share members, so they are not independent.
 * independent: each stimulus is used once.
 */
export const nullModes = ['pool', 'independent'] as const
export type NullMode = (typeof nullModes)[number]

/** crops: each draw of a picture is a random crop, mirrored or not; of a sound, the sound at a random place in the network's input. */
export const augmentations = ['none', 'crops'] as const
export type Augmentation = (typeof augmentations)[number]

export const mostPairs = 10_000_000
export const leastMemoryBytes = 64 * 2 ** 20
export const usualMemoryBytes = 4 * 2 ** 30

/** What is asked for: all metamer layers of a network at once. */
export const nullPlanSchema = z.strictObject({
  network: z.string().min(1),
  /** A folder, or a text file that lists one stimulus a line. */
  poolFolder: z.string().min(1),
  pairs: z.int().min(1).max(mostPairs),
  seed: z.int().min(0).max(0xffff_ffff),
  mode: z.enum(nullModes).default('pool'),
  augmentation: z.enum(augmentations).default('none'),
  /** What ranks may take in memory; more goes to disk. */
  memoryBytes: z.int().min(leastMemoryBytes).default(usualMemoryBytes),
})
export type NullPlan = z.infer<typeof nullPlanSchema>
/** As a caller writes it, defaults left out. */
export type NullRequest = z.input<typeof nullPlanSchema>

/** What a null distribution that is being made says about itself, in its folder on disk. */
export const nullNoteSchema = z.strictObject({
  /** Its pool's folder with the whole path. */
  plan: nullPlanSchema,
  /** Times a stimulus is run. */
  draws: z.int().min(0),
  layers: z.int().positive(),
})
export type NullNote = z.infer<typeof nullNoteSchema>
export const nullNoteFile = 'asked.json'

/** Where those of a project that are being made, or were stopped, keep what they have done: a folder for each. */
export function nullWorkFolder(project: string): string {
  return `${project}.nulls`
}

/** One that was stopped, and goes on when the same is asked for again. */
export interface StoppedNull {
  /** Of its folder. */
  id: string
  plan: NullPlan
  /** Draws that were run and ranked; of independent pairs, those that were compared. */
  done: number
  total: number
  unit: 'draws' | 'pairs'
}

export interface NullPool {
  /** Of the folder or list. */
  name: string
  /** Different files in it. */
  stimuli: number
  /** Over their hashes. */
  hash: string
}

/** What tells one null distribution of a layer from another: with equal ones, fewer pairs are the first of more. */
export interface NullIdentity {
  seed: number
  pool: NullPool
  mode: NullMode
  augmentation: Augmentation
}

export interface NullQuantile {
  probability: number
  rho: number
}

export interface NullSummary extends NullIdentity {
  network: string
  layer: string
  pairs: number
  maximum: number
  mean: number
  /** Of the values themselves (/ n). */
  deviation: number
  quantiles: NullQuantile[]
  /** Times a stimulus was drawn from the pool and run: without augmentation, the stimuli in a pair. */
  draws: number
  /** Distinct pairs of stimuli in the pool. With augmentation the same two stimuli can meet in several draws. */
  distinctPairs: number
  /** Pairs whose ρ is undefined because an activation vector is constant; they count as 0. */
  undefinedPairs: number
}

/**
 * Values of a null are sums of products of unit ranks in single precision: they differ from ρ in double precision, that of a metamer, by up to 4e-7
 * (measured against scipy). Only what is further apart than this is told apart: a tie is a tie, whichever way it was rounded.
 */
export const nullRounding = 1e-6

/** Is ρ above this value of a null by more than rounding? NaN is not. */
export function liesAbove(rho: number, valueOfNull: number): boolean {
  return rho - valueOfNull > nullRounding
}

/** What a metamer is judged against: the highest of so many pairs of a pool. */
export interface JudgingNull {
  pairs: number
  maximum: number
  /** Its name. */
  pool: string
}

/** All values of a null in little room. */
export interface NullHistogram {
  /** Pairs in bins of equal width over [-1, 1]; the last one includes 1. */
  counts: Uint32Array
  /** The lowest and the highest values, ascending, at most `extremesKept` of each. */
  lowest: Float32Array
  highest: Float32Array
}

/**
 * Can so many pairs be made of so many stimuli? No stimulus pairs with itself.
 *
 * @throws ProtocolError that says how many there are at most
 */
export function requirePairs(stimuli: number, { pairs, mode = 'pool', augmentation = 'none' }: Pick<NullRequest, 'pairs' | 'mode' | 'augmentation'>): void {
  const problem = pairsProblem(stimuli, { pairs, mode, augmentation })
  if (problem) throw new ProtocolError(problem)
}

/** The same as a sentence; null where they can be made. */
export function pairsProblem(stimuli: number, { pairs, mode, augmentation }: Pick<NullPlan, 'pairs' | 'mode' | 'augmentation'>): string | null {
  if (distinctPairs(stimuli) === 0) return `A null distribution needs pairs of stimuli, but the pool holds ${stimuli}. Use a pool of at least two.`
  const possible = possiblePairs(stimuli, { mode, augmentation })
  if (pairs <= possible) return null
  const wanted = `A null distribution of ${figure(pairs)} pairs was asked for, but ${figure(stimuli)} stimuli give only ${figure(possible)}`
  if (mode === 'independent') return `${wanted} pairs when each is used once. Ask for at most ${figure(possible)}, use a larger pool, or the mode "pool".`
  return `${wanted} different pairs. Ask for at most ${figure(possible)}, use a larger pool, or augment the stimuli (crops).`
}

/** How many pairs can be made of so many stimuli: each used once, each two once, or as often as they are drawn anew. */
export function possiblePairs(stimuli: number, { mode, augmentation }: Pick<NullPlan, 'mode' | 'augmentation'>): number {
  if (mode === 'independent') return Math.floor(stimuli / 2)
  return augmentation === 'none' ? distinctPairs(stimuli) : Infinity
}

export function distinctPairs(stimuli: number): number {
  return (stimuli * (stimuli - 1)) / 2
}

function figure(n: number): string {
  return n.toLocaleString('en-GB')
}
