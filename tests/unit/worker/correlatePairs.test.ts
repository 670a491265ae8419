import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../../src-main/engine/support/random.ts'
import { choosePairs } from '../../../src-main/engine/validation/choosePairs.ts'
import { spearmanRho } from '../../../src-main/engine/validation/spearman.ts'
import { unitRanks } from '../../../src-main/engine/validation/unitRanks.ts'
import { correlatePool } from '../../../src-main/worker/correlatePairs.ts'
import { loadBackend } from '../../../src-main/worker/loadBackend.ts'
import { removeWork } from '../../../src-main/worker/rankStore.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

beforeAll(loadBackend)

const stimuli = 40
const layers = [{ size: 301 }, { size: 10 }]
/** Rectified noise with a common part; one stimulus is constant at the second layer. */
const activations = Array.from({ length: stimuli }, (_, stimulus) =>
  layers.map(({ size }, layer) => {
    const [own, common] = [createRandom(stimulus * 2 + layer), createRandom(99)]
    const constant = layer === 1 && stimulus === 7
    return Float32Array.from({ length: size }, () => (constant ? 0.5 : Math.max(0, own.normal() + common.normal())))
  }),
)
const pairs = choosePairs(stimuli, 0, 300, { seed: 4, mode: 'pool', augmentation: 'none' })

/** Room for so many columns at a time of all stimuli: 8 bytes each, for the block and its copy. */
function workIn(folder: string, columns: number, stopAfter = Infinity) {
  const told: string[] = []
  const ranked: number[] = []
  const work = {
    layers, pairs, folder,
    memoryBytes: 8 * stimuli * columns,
    ranksOf: async (draw: number) => (ranked.push(draw), activations[draw]!.map((values) => unitRanks(values)!)),
    report: (done: number, total: number, phase: 'activations' | 'pairs') => told.push(`${phase} ${done}/${total}`) < stopAfter,
  }
  return { work, told, ranked }
}

it('gives the ρ of each pair whether memory holds all columns at once or a few, NaN for constant activations', async () => {
  const [whole, blocks] = [workIn(path.join(temporaryFolder(), 'a'), 1000), workIn(path.join(temporaryFolder(), 'b'), 37)]
  const [atOnce, inParts] = [await correlatePool(whole.work), await correlatePool(blocks.work)]
  // One block for each layer; of 37 columns, 301 units take 9 and 10 units one.
  expect([whole.told.at(-1), blocks.told.at(-1)]).toEqual(['pairs 2/2', 'pairs 10/10'])
  layers.forEach((_, layer) => {
    for (let pair = 0; pair < pairs.length / 2; pair++) {
      const [a, b] = [activations[pairs[2 * pair]!]![layer]!, activations[pairs[2 * pair + 1]!]![layer]!]
      const rho = spearmanRho(a, b)
      for (const found of [atOnce![layer]![pair]!, inParts![layer]![pair]!]) {
        if (Number.isNaN(rho)) expect(found).toBeNaN()
        else expect(Math.abs(found - rho)).toBeLessThan(1e-6)
      }
    }
  })
  expect(atOnce![1]!.filter(Number.isNaN).length).toBeGreaterThan(0)
})

it('goes on from the ranks that a stopped start has left, and leaves nothing when they are removed', async () => {
  const folder = path.join(temporaryFolder(), 'p.metamer.nulls', 'one')
  expect(await correlatePool(workIn(folder, 37, 15).work)).toBeNull()
  expect(readdirSync(folder)).toContain('0.ranks')
  const again = workIn(folder, 37)
  expect(await correlatePool(again.work)).toEqual(await correlatePool(workIn(path.join(temporaryFolder(), 'c'), 37).work))
  expect(again.ranked).toHaveLength(stimuli - 15)
  removeWork(folder)
  expect(existsSync(path.dirname(folder))).toBe(false)
})
