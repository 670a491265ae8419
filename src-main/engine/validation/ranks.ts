const radixBits = 11
const buckets = 1 << radixBits

/**
 * Rank values from 1 up; ties share their mean rank.
 * Radix sort, because layers of a million units are ranked at every stage of every metamer.
 *
 * @param x  float32 [n]; infinities are ranked too
 * @returns  [n]; all NaN when x holds a NaN, for then nothing can be compared
 * @source   as scipy.stats.rankdata, method "average"
 */
export function averageRanks(x: Float32Array): Float64Array {
  const ranks = new Float64Array(x.length)
  if (x.some(Number.isNaN)) return ranks.fill(NaN)
  const keys = orderedKeys(x)
  const order = sortedOrder(keys)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && keys[order[to]!] === keys[order[from]!]) to++
    // Positions from+1 .. to, counted from one, share their mean.
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}

/** Whole numbers that order as the floats do; -0 and 0 get the same. */
function orderedKeys(x: Float32Array): Uint32Array {
  const keys = new Uint32Array(x.map((value) => value + 0).buffer)
  for (let i = 0; i < keys.length; i++) {
    const bits = keys[i]!
    // Negative floats order backwards: turn all their bits; of the others, the sign.
    keys[i] = bits & 0x8000_0000 ? ~bits : bits | 0x8000_0000
  }
  return keys
}

/** Indices of the keys in ascending order (least significant digit first, stable). */
function sortedOrder(keys: Uint32Array): Uint32Array {
  let order = keys.map((_, i) => i)
  let next = new Uint32Array(keys.length)
  for (let shift = 0; shift < 32; shift += radixBits) {
    const starts = bucketStarts(keys, shift)
    for (const i of order) next[starts[(keys[i]! >>> shift) & (buckets - 1)]!++] = i
    ;[order, next] = [next, order]
  }
  return order
}

function bucketStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(buckets)
  for (const key of keys) starts[(key >>> shift) & (buckets - 1)]!++
  let sum = 0
  for (let b = 0; b < buckets; b++) {
    const count = starts[b]!
    starts[b] = sum
    sum += count
  }
  return starts
}
