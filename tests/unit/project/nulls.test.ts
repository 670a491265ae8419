import { expect, it } from 'vitest'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import { at, nullResult, toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryProject } from '../../helpers/temporaryProject.ts'

const network = usedNetwork(toyPicture)
const { name, weightsHash } = network

it('gives a null distribution back with its pool and its values, NaN among them', () => {
  const { nulls } = temporaryProject()
  const result = nullResult(0.5)
  nulls.save(result, network, at)
  expect(nulls.find(name, weightsHash, 'stem')).toEqual(result.layers[0]!.summary)
  expect(nulls.histogram(name, weightsHash, 'stem')).toEqual(result.layers[0])
})

it('lets the latest of a layer count', () => {
  const { nulls } = temporaryProject()
  nulls.save(nullResult(0.5), network, at)
  nulls.save(nullResult(0.25, ['stem']), network, at)
  expect(nulls.list().map(({ layer, maximum }) => [layer, maximum])).toEqual([
    ['logits', 0.5],
    ['stem', 0.25],
  ])
  expect(nulls.find(name, weightsHash, 'stem')!.maximum).toBe(0.25)
})

it('does not judge a network by the null of other weights', () => {
  const { nulls } = temporaryProject()
  nulls.save(nullResult(0.5), network, at)
  expect(nulls.find(name, 'other weights', 'stem')).toBeNull()
  expect(nulls.histogram(name, 'other weights', 'stem')).toBeNull()
})
