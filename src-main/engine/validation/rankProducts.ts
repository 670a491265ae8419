import * as tf from '@tensorflow/tfjs-core'
import { rowProducts } from '../native/matMul.ts'
import { tidyNumbers } from '../support/tidyNumbers.ts'
import { dotRanks } from './unitRanks.ts'

/** Rows of one side of a tile: large enough for the matrix product to run at full speed, small enough for its result to stay small. */
const tileRows = 512
/** A tile with fewer of its pairs wanted than one in so many is quicker pair by pair. */
const sparseness = 24

/** A block of rows against another, and the pairs wanted of it. */
export interface PairTile {
  top: number
  left: number
  pairs: Int32Array
}

/** @param members  rows: first, second, first, second, ... */
export function tilePairs(members: Int32Array): PairTile[] {
  const numbers = new Map<string, PairTile & { found: number[] }>()
  for (let pair = 0; pair < members.length / 2; pair++) {
    const [low, high] = rowsOf(members, pair)
    const [top, left] = [low - (low % tileRows), high - (high % tileRows)]
    const key = `${top} ${left}`
    const tile = numbers.get(key) ?? { top, left, pairs: new Int32Array(0), found: [] }
    tile.found.push(pair)
    numbers.set(key, tile)
  }
  return [...numbers.values()].map(({ top, left, found }) => ({ top, left, pairs: Int32Array.from(found) }))
}

/**
 * Add the products of some columns to the pairs' sums: once all columns have come by, the sums are ρ.
 *
 * @param block    float32 [rows, width]: these columns of every row's unit ranks
 * @param members  as of `tilePairs`
 * @param sums     float64 [pairs]
 */
export function addProducts(block: Float32Array, width: number, tiles: readonly PairTile[], members: Int32Array, sums: Float64Array): void {
  const rows = block.length / width
  for (const tile of tiles) {
    const [height, across] = [Math.min(tileRows, rows - tile.top), Math.min(tileRows, rows - tile.left)]
    if (tile.pairs.length * sparseness < height * across) addDots(block, width, tile, members, sums)
    else addTile(block, width, tile, { height, across }, members, sums)
  }
}

function addTile(block: Float32Array, width: number, { top, left, pairs }: PairTile, size: { height: number; across: number }, members: Int32Array, sums: Float64Array): void {
  const products = tidyNumbers(() => {
    const side = (from: number, count: number) => tf.tensor2d(block.subarray(from * width, (from + count) * width), [count, width])
    const rows = side(top, size.height)
    return rowProducts(rows, left === top ? rows : side(left, size.across)).dataSync()
  })
  for (const pair of pairs) {
    const [low, high] = rowsOf(members, pair)
    sums[pair]! += products[(low - top) * size.across + high - left]!
  }
}

function addDots(block: Float32Array, width: number, { pairs }: PairTile, members: Int32Array, sums: Float64Array): void {
  const row = (at: number) => block.subarray(at * width, (at + 1) * width)
  for (const pair of pairs) sums[pair]! += dotRanks(row(members[2 * pair]!), row(members[2 * pair + 1]!))
}

function rowsOf(members: Int32Array, pair: number): [number, number] {
  const [a, b] = [members[2 * pair]!, members[2 * pair + 1]!]
  return a < b ? [a, b] : [b, a]
}
