/** A stream of reproducible random numbers. The same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform on [0, 1), a multiple of 2^-32. */
  uniform(): number
  /** Standard normal (polar method). */
  normal(): number
  /** Whole number, uniform on [0, n). */
  integer(n: number): number
}

/**
 * Start a stream of random numbers (sfc32, 128 bits of state).
 *
 * @param seed  whole number in [0, 2^32)
 * @param use   what the numbers are for: streams of one seed with different uses are unrelated
 * @source Chris Doty-Humphrey's sfc32, from PractRand (public domain)
 */
export function createRandom(seed: number, use = ''): Random {
  let [a, b, c] = startState(seed, use)
  let counter = 1
  let spare: number | null = null

  function next(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }

  function uniform(): number {
    return next() / 4294967296
  }

  function normal(): number {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const scale = Math.sqrt((-2 * Math.log(square)) / square)
      spare = y * scale
      return x * scale
    }
  }

  for (let i = 0; i < 15; i++) next()
  return { uniform, normal, integer: (n) => Math.floor(uniform() * n) }
}

function startState(seed: number, use: string): [number, number, number] {
  return [seed | 0, fnv1a(use), (0x9e3779b9 ^ Math.imul(seed | 0, 0x85ebca6b)) | 0]
}

/** 32-bit FNV-1a hash of a text's UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
