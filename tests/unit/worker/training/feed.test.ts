import { expect, it } from 'vitest'
import type { Dataset } from '../../../../src-main/worker/training/dataset.ts'
import type { ExampleStore } from '../../../../src-main/worker/training/exampleStore.ts'
import { createFeed } from '../../../../src-main/worker/training/feed.ts'

it('takes no kept mixture for a clip that is asked for at an SNR of its own', () => {
  const clip = { file: 'a.wav', startS: null, word: null, labels: ['one'], speaker: '', split: 'validation', bytes: 1 }
  const dataset = { words: ['one'], sounds: [], clips: { train: [], validation: [clip], test: [], 'test-unseen': [] }, hash: '' } as unknown as Dataset
  const store: ExampleStore = { has: () => true, get: () => undefined, put: () => undefined, close: () => undefined }
  const source = { make: async () => [], notices: () => [], close: async () => undefined }
  const subject = { dataset, shape: [1], encode: () => new Float32Array(1), answersOf: () => ({ word: 0, sounds: new Float32Array() }) }
  const feed = createFeed({ subject, source, kept: { versions: 1, store }, now: () => 0 })
  const order = { split: 'validation' as const, clip: 0, mixture: 0 }
  expect(feed.prepare([order]).missing).toEqual([])
  expect(feed.prepare([{ ...order, snrDb: null }]).missing).toHaveLength(1)
})
