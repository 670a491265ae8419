import { expect, it } from 'vitest'
import type { NullSummary } from '../../../src-main/domain/nullDistribution.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import { at, nullResult, toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryProject } from '../../helpers/temporaryProject.ts'

const network = usedNetwork(toyPicture)
const { name, weightsHash } = network

function resultOf(changes: Partial<NullSummary>, maximum = 0.5) {
  return { layers: nullResult(maximum).layers.map((layer) => ({ ...layer, summary: { ...layer.summary, ...changes } })) }
}
const elsewhere = { name: 'elsewhere', stimuli: 9, hash: 'other pool' }

it('gives a null distribution back with its pool and its values, NaN among them', () => {
  const { nulls } = temporaryProject()
  const result = nullResult(0.5)
  nulls.save(result, network, at)
  expect(nulls.find(name, weightsHash, 'stem')).toEqual({ ...result.layers[0]!.summary, id: 1, networkHash: weightsHash, madeAt: at })
  expect(nulls.histogram(name, weightsHash, 'stem')).toEqual(result.layers[0])
})

it('lets the latest of a layer judge where several have as many pairs', () => {
  const { nulls } = temporaryProject()
  nulls.save(nullResult(0.5), network, at)
  nulls.save(nullResult(0.25, ['stem']), network, at)
  expect(nulls.list().map(({ layer, maximum }) => [layer, maximum])).toEqual([
    ['logits', 0.5],
    ['stem', 0.25],
  ])
  expect(nulls.find(name, weightsHash, 'stem')!.maximum).toBe(0.25)
})

it('lets the one with most pairs judge, and keeps a smaller one that came later beside it', () => {
  const { nulls } = temporaryProject()
  nulls.save(resultOf({ pairs: 1_000_000 }, 0.5), network, at)
  nulls.save(resultOf({ pairs: 2000, pool: elsewhere }, 0.25), network, at)
  expect(nulls.list().map(({ id, pairs }) => [id, pairs])).toEqual([[1, 1_000_000], [2, 1_000_000]])
  expect(nulls.find(name, weightsHash, 'logits')!.maximum).toBe(0.5)
  expect(nulls.histogram(name, weightsHash, 'logits')!.summary.maximum).toBe(0.5)
  expect(nulls.others().map(({ id, pairs, pool }) => [id, pairs, pool.name])).toEqual([[3, 2000, 'elsewhere'], [4, 2000, 'elsewhere']])
})

it('offers every null of a network to be extended, each as it is now', () => {
  const { nulls } = temporaryProject()
  nulls.save(resultOf({ pairs: 10 }), network, at)
  nulls.save(resultOf({ pairs: 2000, pool: elsewhere }), network, at)
  nulls.save(resultOf({ pairs: 20 }), network, at)
  expect(nulls.extendable(network).map(({ summary }) => [summary.layer, summary.pool.name, summary.pairs])).toEqual([
    ['stem', 'elsewhere', 2000], ['logits', 'elsewhere', 2000], ['stem', 'pool', 20], ['logits', 'pool', 20],
  ])
  expect(nulls.extendable({ ...network, weightsHash: 'other weights' })).toEqual([])
  // What it was before pairs were added is no null of its own.
  expect(nulls.others().map(({ pairs }) => pairs)).toEqual([20, 20])
})

it('removes a null at all its layers, with what it was before, and says what judges then', () => {
  const project = temporaryProject()
  const { nulls } = project
  nulls.save(resultOf({ pairs: 2000, pool: elsewhere }), network, at)
  nulls.save(resultOf({ pairs: 3000 }), network, at)
  nulls.save(resultOf({ pairs: 4000 }), network, at)
  const told: number[][] = []
  project.changes.subscribe(({ what, ids }) => void (what === 'nulls' && told.push(ids)))
  expect(nulls.without(5).map(({ layer, next }) => [layer, next!.pairs])).toEqual([['stem', 2000], ['logits', 2000]])
  nulls.remove(5)
  expect(told).toEqual([[3, 4, 5, 6]])
  expect(nulls.list().map(({ id, pairs }) => [id, pairs])).toEqual([[1, 2000], [2, 2000]])
  // The values are the same, so what is left still has them.
  expect(nulls.histogram(name, weightsHash, 'stem')!.histogram).toEqual(nullResult(0.5).layers[0]!.histogram)
  expect(nulls.without(1).map(({ next }) => next)).toEqual([null, null])
  nulls.remove(1)
  expect([nulls.list(), nulls.others()]).toEqual([[], []])
  expect(() => nulls.remove(1)).toThrow('There is no null distribution 1 in this project; nothing was removed. "lab null --list" lists those that are.')
})

it('does not judge a network by the null of other weights', () => {
  const { nulls } = temporaryProject()
  nulls.save(nullResult(0.5), network, at)
  expect(nulls.find(name, 'other weights', 'stem')).toBeNull()
  expect(nulls.histogram(name, 'other weights', 'stem')).toBeNull()
})
