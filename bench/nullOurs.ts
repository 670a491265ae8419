import { createRandom } from '../src-main/engine/support/random.ts'
import { choosePairs } from '../src-main/engine/validation/choosePairs.ts'
import { addProducts, tilePairs } from '../src-main/engine/validation/rankProducts.ts'
import { averageRanks } from '../src-main/engine/validation/ranks.ts'
import { unitRanks } from '../src-main/engine/validation/unitRanks.ts'
import { loadBackend } from '../src-main/worker/loadBackend.ts'
import { reportTimes } from './timing.ts'

/** Time ranking, or a pair's ρ once ranks are there, in a fresh process. Usage: nullOurs.ts CASE STEPS. Prints one JSON line. */
const [, what, size] = /^null\/(rank|spearman)-(\d+)$/.exec(process.argv[2]!)!
const steps = Number(process.argv[3])
const engine = await loadBackend()
const units = Number(size)
if (what === 'rank') timeRanking()
else timePairs()

/** Rectified noise with a common part, as the peer has it: half zeros. */
function rectified(stimulus: number): Float32Array {
  const [own, common] = [createRandom(stimulus), createRandom(99)]
  return Float32Array.from({ length: units }, () => Math.max(0, common.normal() / 2 + own.normal()))
}

function timeRanking(): void {
  const x = rectified(1)
  reportTimes(() => void averageRanks(x), steps, engine)
}

/** Milliseconds for each of all pairs of 512 stimuli, their columns taken as a null distribution takes them. */
function timePairs(): void {
  const [stimuli, width] = [512, 16_384]
  const some = Array.from({ length: 32 }, (_, stimulus) => unitRanks(rectified(stimulus))!)
  const pairs = (stimuli * (stimuli - 1)) / 2
  const members = choosePairs(stimuli, 0, pairs, { seed: 1, mode: 'pool', augmentation: 'none' })
  const tiles = tilePairs(members)
  const blocks: Array<{ block: Float32Array; columns: number }> = []
  for (let from = 0; from < units; from += width) {
    const columns = Math.min(width, units - from)
    const block = new Float32Array(stimuli * columns)
    for (let row = 0; row < stimuli; row++) block.set(some[row % 32]!.subarray(from, from + columns), row * columns)
    blocks.push({ block, columns })
  }
  reportTimes(() => {
    const sums = new Float64Array(pairs)
    for (const { block, columns } of blocks) addProducts(block, columns, tiles, members, sums)
  }, steps, engine, pairs)
}
