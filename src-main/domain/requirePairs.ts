import { ProtocolError } from './errors.ts'

/**
 * Can so many different pairs be made of so many stimuli? No stimulus pairs with itself.
 *
 * @throws ProtocolError that says how many there are at most
 */
export function requirePairs(stimuli: number, pairs: number): void {
  const possible = (stimuli * (stimuli - 1)) / 2
  if (pairs <= possible) return
  if (possible === 0) throw new ProtocolError(`A null distribution needs pairs of stimuli, but the pool holds ${stimuli}. Use a pool of at least two.`)
  const figure = (n: number): string => n.toLocaleString('en-GB')
  throw new ProtocolError(
    `A null distribution of ${figure(pairs)} pairs was asked for, but ${figure(stimuli)} stimuli give only ${figure(possible)} different pairs. Ask for at most ${figure(possible)}, or use a larger pool.`,
  )
}
