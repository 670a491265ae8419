import { createRandom } from './seeded.ts'

/** Numbers that lengths and places are overwritten with. */
const hostileNumbers = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

/**
 * Damage a file as a seed has it: flipped bits, a cut, a piece moved over another, a number overwritten.
 * Equal seeds give equal bytes.
 */
export function mutate(bytes: Uint8Array, seed: number): Uint8Array {
  const random = createRandom(seed)
  const below = (n: number) => Math.floor(random() * Math.max(1, n))
  let result = Uint8Array.from(bytes)
  const rounds = 1 + below(3)
  for (let round = 0; round < rounds && result.length > 0; round++) result = mutations[below(mutations.length)]!(result, below)
  return result
}

type Mutation = (bytes: Uint8Array<ArrayBuffer>, below: (n: number) => number) => Uint8Array<ArrayBuffer>

const mutations: Mutation[] = [
  (bytes, below) => {
    for (let i = 0; i <= below(8); i++) bytes[below(bytes.length)]! ^= 1 << below(8)
    return bytes
  },
  (bytes, below) => bytes.slice(0, below(bytes.length)),
  (bytes, below) => {
    const from = below(bytes.length)
    bytes.copyWithin(below(bytes.length), from, from + below(64))
    return bytes
  },
  (bytes, below) => {
    const value = hostileNumbers[below(hostileNumbers.length)]!
    const at = below(bytes.length - 8)
    for (let i = 0; i < [1, 2, 4, 8][below(4)]! && at + i < bytes.length; i++) bytes[at + i] = i < 4 ? (value >>> (8 * i)) & 0xff : value === 0xffffffff ? 0xff : 0
    return bytes
  },
]
