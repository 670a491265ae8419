import { expect, it } from 'vitest'
import { NumericalError } from '../../../../src-main/domain/errors.ts'
import type { TrainingProgress } from '../../../../src-main/domain/training.ts'
import type { Trainer } from '../../../../src-main/engine/training/trainNetwork.ts'
import type { Feed } from '../../../../src-main/worker/training/feed.ts'
import { testNetwork, type NetworkTest } from '../../../../src-main/worker/training/testNetwork.ts'

/** Two tests of two clips; the right word is the first. */
function testOf(changes: Partial<NetworkTest> = {}) {
  const told: TrainingProgress[] = []
  const orders = [0, 1].map((clip) => ({ split: 'test' as const, clip, mixture: 0 }))
  const feed = {
    spent: { waitS: 0, frozenS: 0 },
    prepare: (wanted) => ({ orders: wanted, missing: [], made: Promise.resolve([]) }),
    take: async ({ orders: taken }) => ({ size: taken.length, inputs: new Float32Array(), words: taken.map(() => 0), sounds: new Float32Array() }),
  } as Feed
  let ms = 0
  const test: NetworkTest = {
    subject: { dataset: { sounds: [] } as unknown as NetworkTest['subject']['dataset'], tests: () => [{ split: 'test', snrDb: null, orders }, { split: 'test', snrDb: 0, orders }] },
    tester: { evaluate: ({ size }: { size: number }) => ({ loss: 1, logits: { word: Float32Array.from({ length: 2 * size }, (_, i) => 1 - (i % 2)) } }) } as unknown as Trainer,
    feed, batchSize: 2, keptStep: 3, told: { trainingId: 1, step: 4, steps: 6, epoch: 0, loss: 1, rate: 0.1 },
    now: () => (ms += 500), stopped: () => false, tell: (progress) => void told.push(progress), ...changes,
  }
  return { test, told }
}

it('says that it tests, and how far it is', async () => {
  const { test, told } = testOf()
  expect((await testNetwork(test))!.map(({ snrDb, clips, wordAccuracy }) => [snrDb, clips, wordAccuracy])).toEqual([[null, 2, 1], [0, 2, 1]])
  expect(told.map(({ phase, step }) => [phase, step])).toEqual([['testing', 4], ['testing', 4]])
  expect(told[1]!.remainingS).toBeCloseTo(1, 6)
})

it('can be stopped between two tests and after the last, and gives nothing then', async () => {
  let looks = 0
  expect(await testNetwork(testOf({ stopped: () => ++looks > 1 }).test)).toBeNull()
  looks = 0
  expect(await testNetwork(testOf({ stopped: () => ++looks > 2 }).test)).toBeNull()
})

it('names the test and the layer where a value was not finite', async () => {
  const evaluate = () => {
    throw new NumericalError('the loss became NaN. The first values that are not finite came out of "conv_0".', { details: { layer: 'conv_0' } })
  }
  await expect(testNetwork(testOf({ tester: { evaluate } as unknown as Trainer }).test)).rejects.toThrow(
    'Training stopped at the test (test) of the network after 3 updates: the loss became NaN. The first values that are not finite came out of "conv_0". No network was written.',
  )
})
