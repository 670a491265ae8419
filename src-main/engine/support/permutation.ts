import { createRandom } from './random.ts'

const rounds = 6

/**
 * Shuffle the whole numbers below n without writing them down: a Feistel network over the next power of four, walked until it
 * lands below n.
 *
 * @param n     1 to 2^52
 * @param seed  whole number in [0, 2^32)
 * @param use   as of `createRandom`
 * @returns the number at a place, 0 to n - 1; each place has another
 * @source Black and Rogaway 2002, "Ciphers with arbitrary finite domains" (cycle walking)
 */
export function createPermutation(n: number, seed: number, use: string): (place: number) => number {
  const half = halfFor(n)
  const random = createRandom(seed, use)
  const keys = Array.from({ length: rounds }, () => Math.floor(random.uniform() * 2 ** 32) | 0)
  function once(place: number): number {
    let left = Math.floor(place / half)
    let right = place % half
    for (const key of keys) [left, right] = [right, (left + (mixed(right, key) % half)) % half]
    return left * half + right
  }
  return (place) => {
    let number = once(place)
    while (number >= n) number = once(number)
    return number
  }
}

/** The smallest power of two whose square holds n. */
function halfFor(n: number): number {
  let half = 2
  while (half * half < n) half *= 2
  return half
}

/** MurmurHash3's finaliser (public domain). */
function mixed(value: number, key: number): number {
  let hash = value ^ key
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
