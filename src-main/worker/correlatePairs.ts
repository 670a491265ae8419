import { setImmediate } from 'node:timers/promises'
import { addProducts, tilePairs } from '../engine/validation/rankProducts.ts'
import { dotRanks, isConstantRanks } from '../engine/validation/unitRanks.ts'
import { openPairValues } from './pairValues.ts'
import { openRankStore } from './rankStore.ts'

export interface PairWork {
  layers: ReadonlyArray<{ size: number }>
  /** Draws: first, second, first, second, ... */
  pairs: Int32Array
  memoryBytes: number
  /** For what goes to disk, and to find what an earlier start has done. */
  folder: string
  /** Unit ranks of one draw at each layer. */
  ranksOf(draw: number): Promise<Float32Array[]>
  /** @returns false when it is to stop */
  report(done: number, total: number, phase: 'activations' | 'pairs'): boolean
}

/** Columns taken at once: sums in single precision stay short, and are added in double precision. */
const widest = 16_384

/**
 * Correlate pairs that share their members: all draws are run and ranked once, their ranks kept on disk, and the pairs of a layer come out of
 * products of matrices, some columns at a time.
 *
 * @returns ρ of each pair at each layer, NaN where it is undefined; null when it was stopped
 */
export async function correlatePool(work: PairWork): Promise<Float32Array[] | null> {
  const draws = [...new Set(work.pairs)].sort((a, b) => a - b)
  const rowOf = new Map(draws.map((draw, row) => [draw, row]))
  const store = openRankStore(work.folder, work.layers, draws.length)
  try {
    while (store.rows < draws.length) {
      store.add(await work.ranksOf(draws[store.rows]!))
      await setImmediate()
      if (!work.report(store.rows, draws.length, 'activations')) return null
    }
    return await multiply(work, store, work.pairs.map((draw) => rowOf.get(draw)!))
  } finally {
    store.close()
  }
}

async function multiply({ layers, memoryBytes, report }: PairWork, store: ReturnType<typeof openRankStore>, members: Int32Array): Promise<Float32Array[] | null> {
  const tiles = tilePairs(members)
  // The block, and its copy inside the engine.
  const width = Math.max(1, Math.min(widest, Math.floor(memoryBytes / (8 * store.rows))))
  const total = layers.reduce((sum, { size }) => sum + Math.ceil(size / width), 0)
  const values: Float32Array[] = []
  let done = 0
  for (const [layer, { size }] of layers.entries()) {
    const sums = new Float64Array(members.length / 2)
    for (let from = 0; from < size; from += width) {
      const columns = Math.min(width, size - from)
      addProducts(store.columns(layer, from, columns), columns, tiles, members, sums)
      await setImmediate()
      if (!report(++done, total, 'pairs')) return null
    }
    values.push(Float32Array.from(sums, (rho, pair) => (hasConstant(store, layer, members, pair) ? NaN : rho)))
  }
  return values
}

function hasConstant(store: ReturnType<typeof openRankStore>, layer: number, members: Int32Array, pair: number): boolean {
  return store.isConstant(layer, members[2 * pair]!) || store.isConstant(layer, members[2 * pair + 1]!)
}

/** Correlate pairs that share no member: each is done when its two draws have come by, and no rank is kept. */
export async function correlateIndependent(work: PairWork): Promise<Float32Array[] | null> {
  const values = openPairValues(work.folder, work.layers.length)
  const total = work.pairs.length / 2
  while (values.pairs < total) {
    const first = await work.ranksOf(work.pairs[2 * values.pairs]!)
    const second = await work.ranksOf(work.pairs[2 * values.pairs + 1]!)
    values.add(Float32Array.from(first, (ranks, layer) => rhoOf(ranks, second[layer]!)))
    await setImmediate()
    if (!work.report(values.pairs, total, 'pairs')) return null
  }
  return work.layers.map((_, layer) => values.ofLayer(layer))
}

function rhoOf(a: Float32Array, b: Float32Array): number {
  return isConstantRanks(a) || isConstantRanks(b) ? NaN : dotRanks(a, b)
}
