import { expect, it } from 'vitest'
import type { FrontEnd } from '../../../../src-main/engine/frontends/frontEnd.ts'
import type { CochleagramStore } from '../../../../src-main/worker/training/cochleagramStore.ts'
import type { Dataset } from '../../../../src-main/worker/training/dataset.ts'
import { createFeed } from '../../../../src-main/worker/training/feed.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'

it('takes no kept mixture for a clip that is asked for at an SNR of its own', () => {
  const clip = { file: 'a.wav', startS: null, word: null, labels: ['one'], speaker: '', split: 'validation', bytes: 1 }
  const dataset = { words: ['one'], sounds: [], clips: { train: [], validation: [clip], test: [], 'test-unseen': [] }, hash: '' } as unknown as Dataset
  const store: CochleagramStore = { has: () => true, get: () => undefined, put: () => undefined, close: () => undefined }
  const source = { make: async () => [], notices: () => [], close: async () => undefined }
  const feed = createFeed({ dataset, data: trainingPlan().data, source, frontEnd: { rows: 1, columns: 1 } as FrontEnd, store, now: () => 0 })
  const order = { split: 'validation' as const, clip: 0, mixture: 0 }
  expect(feed.prepare([order]).missing).toEqual([])
  expect(feed.prepare([{ ...order, snrDb: null }]).missing).toHaveLength(1)
})
