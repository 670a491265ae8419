const radixBits = 11
const buckets = 1 << radixBits
const passes = 3

/**
 * Rank values from 1 up; ties share their mean rank.
 * Radix sort, because layers of a million units are ranked at every stage of every metamer. Zeros are set aside first: half of
 * a rectified layer is one tie, and need not be moved about.
 *
 * @param x  float32 [n]; infinities are ranked too
 * @returns  [n]; all NaN when x holds a NaN, for then nothing can be compared
 * @source   as scipy.stats.rankdata, method "average"
 */
export function averageRanks(x: Float32Array): Float64Array {
  const ranks = new Float64Array(x.length)
  const { zeros, negatives, keys, places } = setZerosAside(x)
  if (keys === null) return ranks.fill(NaN)
  if (zeros > 0) fillZeros(x, ranks, negatives + (zeros + 1) / 2)
  const sorted = sortedByKey(keys, places)
  rankRuns(sorted.keys, sorted.places, negatives, zeros, ranks)
  return ranks
}

interface Apart {
  zeros: number
  negatives: number
  /** Whole numbers that order as the other values do; null when one is NaN. */
  keys: Uint32Array | null
  /** Where each of them was. */
  places: Uint32Array
}

/** -0 is a zero like 0. */
function setZerosAside(x: Float32Array): Apart {
  const bits = new Uint32Array(x.buffer, x.byteOffset, x.length)
  let zeros = 0
  for (let i = 0; i < bits.length; i++) if (bits[i]! << 1 === 0) zeros++
  const keys = new Uint32Array(x.length - zeros)
  const places = new Uint32Array(keys.length)
  let negatives = 0
  let at = 0
  for (let i = 0; i < bits.length; i++) {
    const value = bits[i]!
    if (value << 1 === 0) continue
    if ((value & 0x7fff_ffff) > 0x7f80_0000) return { zeros, negatives, keys: null, places }
    // Negative floats order backwards: turn all their bits; of the others, the sign.
    const sign = value >>> 31
    negatives += sign
    keys[at] = value ^ (-sign | 0x8000_0000)
    places[at++] = i
  }
  return { zeros, negatives, keys, places }
}

function fillZeros(x: Float32Array, ranks: Float64Array, rank: number): void {
  for (let i = 0; i < x.length; i++) if (x[i] === 0) ranks[i] = rank
}

/** Least significant digit first, stable; each key travels with its place, so that all reading is in order. */
function sortedByKey(keys: Uint32Array, places: Uint32Array): { keys: Uint32Array; places: Uint32Array } {
  const starts = bucketStarts(keys)
  let [fromKeys, fromPlaces] = [keys, places]
  let [toKeys, toPlaces]: [Uint32Array, Uint32Array] = [new Uint32Array(keys.length), new Uint32Array(keys.length)]
  for (let pass = 0; pass < passes; pass++) {
    if (isOneBucket(starts, pass, keys.length)) continue
    scatter(fromKeys, fromPlaces, toKeys, toPlaces, starts.subarray(pass * buckets, (pass + 1) * buckets), pass * radixBits)
    ;[fromKeys, fromPlaces, toKeys, toPlaces] = [toKeys, toPlaces, fromKeys, fromPlaces]
  }
  return { keys: fromKeys, places: fromPlaces }
}

function scatter(keys: Uint32Array, places: Uint32Array, toKeys: Uint32Array, toPlaces: Uint32Array, starts: Uint32Array, shift: number): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const to = starts[(key >>> shift) & (buckets - 1)]!++
    toKeys[to] = key
    toPlaces[to] = places[i]!
  }
}

/** Where each bucket of each pass starts: [pass x bucket], counted in one go. */
function bucketStarts(keys: Uint32Array): Uint32Array {
  const starts = new Uint32Array(passes * buckets)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    starts[key & (buckets - 1)]!++
    starts[buckets + ((key >>> radixBits) & (buckets - 1))]!++
    starts[2 * buckets + (key >>> (2 * radixBits))]!++
  }
  for (let pass = 0; pass < passes; pass++) countsToStarts(starts.subarray(pass * buckets, (pass + 1) * buckets))
  return starts
}

function countsToStarts(counts: Uint32Array): void {
  let sum = 0
  for (let b = 0; b < counts.length; b++) {
    const count = counts[b]!
    counts[b] = sum
    sum += count
  }
}

/** Every key has the same digit: the pass would change nothing. */
function isOneBucket(starts: Uint32Array, pass: number, total: number): boolean {
  const own = starts.subarray(pass * buckets, (pass + 1) * buckets)
  const last = own.findLastIndex((start) => start < total)
  return last < 0 || own[last] === 0
}

/** Give the run of each key its mean rank; the zeros lie between the negative and the positive ones. */
function rankRuns(keys: Uint32Array, places: Uint32Array, negatives: number, zeros: number, ranks: Float64Array): void {
  for (let from = 0; from < keys.length; ) {
    const key = keys[from]!
    let to = from + 1
    while (to < keys.length && keys[to] === key) to++
    // Positions from+1 .. to, counted from one, share their mean.
    const rank = (from + 1 + to) / 2 + (from < negatives ? 0 : zeros)
    for (let k = from; k < to; k++) ranks[places[k]!] = rank
    from = to
  }
}
