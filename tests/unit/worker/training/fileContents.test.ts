import * as fs from 'node:fs'
import path from 'node:path'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { networkOfWidths } from '../../../../src-main/domain/hearingNetworks.ts'
import type { WordTrainingPlan } from '../../../../src-main/domain/trainingPlan.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { sha256 } from '../../../../src-main/worker/sha256.ts'
import { contentsOf } from '../../../../src-main/worker/training/fileContents.ts'
import { fromCsv } from '../../../../src-main/worker/training/manifest.ts'
import { wordSubject } from '../../../../src-main/worker/training/wordSubject.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'
import { writeWordFolder } from '../../../helpers/wordFolder.ts'

const read = vi.hoisted((): { files: string[]; open: number; mostOpen: number } => ({ files: [], open: 0, mostOpen: 0 }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return {
    ...real,
    createReadStream: (file: string) => {
      read.files.push(file)
      read.mostOpen = Math.max(read.mostOpen, ++read.open)
      return real.createReadStream(file).on('close', () => read.open--)
    },
  }
})

beforeAll(async () => void (await loadBackend()))
beforeEach(() => void Object.assign(read, { files: [], open: 0, mostOpen: 0 }))

function clipsIn(folder: string, count: number) {
  const names = Array.from({ length: count }, (_, i) => `${i}.wav`)
  for (const name of names) fs.writeFileSync(path.join(folder, name), name)
  return fromCsv(['file,label', ...names.map((name) => `${name},one`)].join('\n'), path.join(folder, 'm.csv'))
}

it('reads each file once in a process, few at once, and one that changed again', async () => {
  const folder = temporaryFolder()
  const clips = clipsIn(folder, 20)
  const first = await contentsOf([clips, clips])
  expect(read.files).toHaveLength(20)
  expect(read.mostOpen).toBeLessThanOrEqual(4)
  expect(await contentsOf([clips, clips])).toBe(first)
  expect(read.files).toHaveLength(20)
  fs.writeFileSync(clips[3]!.file, 'X.wav')
  expect(await contentsOf([clips, clips])).not.toBe(first)
  expect(read.files.slice(20)).toEqual([clips[3]!.file])
})

it('is the same wherever the files lie', async () => {
  expect(await contentsOf([clipsIn(temporaryFolder(), 3)])).toBe(await contentsOf([clipsIn(temporaryFolder(), 3)]))
})

it('gives other recordings of equal length a cache and checkpoints of their own', async () => {
  const folder = temporaryFolder()
  const places = writeWordFolder(folder)
  const open = () => opened(trainingPlan({}, places))
  const before = await open()
  expect(await open()).toEqual(before)
  const file = path.join(folder, 'low_train_0.wav')
  const bytes = fs.readFileSync(file)
  bytes[1000]! ^= 1
  fs.writeFileSync(file, bytes)
  const after = await open()
  expect(after.hash, 'cards state it').toBe(before.hash)
  expect(after.cacheName).not.toBe(before.cacheName)
  expect(after.identity).not.toBe(before.identity)
})

it('gives words in another order checkpoints of their own, since outputs mean others then, and the same cache', async () => {
  const places = writeWordFolder(temporaryFolder())
  const [one, other] = [await opened(trainingPlan({}, { ...places, words: ['low', 'high'] })), await opened(trainingPlan({}, { ...places, words: ['high', 'low'] }))]
  expect(other.identity).not.toBe(one.identity)
  expect(other.cacheName).toBe(one.cacheName)
})

it('gives each front end a cache of its own, and keeps the names that earlier versions gave to those of the word networks', async () => {
  const places = writeWordFolder(temporaryFolder())
  const plan = trainingPlan({}, places)
  const word = await opened(plan)
  const { snrDb, shiftS, mixtures, seed } = plan.data
  const key = sha256(JSON.stringify({ snrDb, shiftS, mixtures, seed, data: word.hash, contents: word.contents })).slice(0, 16)
  expect(word.cacheName).toBe(`cochleagrams-${key}`)
  const others = [networkOfWidths('vggish', [1, 1, 1, 1, 1, 1]), networkOfWidths('deepspeech', [1]), networkOfWidths('musicnn-vgg', [1])]
  const names = await Promise.all(others.map(async (network) => (await opened(trainingPlan({}, places, network))).cacheName))
  expect(names.map((name) => name.slice(0, -17))).toEqual(['log-mel-vggish', 'mfcc', 'log-mel'])
  expect(new Set([key, ...names.map((name) => name.slice(-16))]).size).toBe(4)
})

it('lets trainings go on whose plans do not say how batch norms add up', async () => {
  const places = writeWordFolder(temporaryFolder())
  const plan = trainingPlan({}, places)
  const [byRows, unsaid, byPlaces] = [await opened(plan), await opened({ ...plan, normSums: undefined }), await opened({ ...plan, normSums: 'places' })]
  const { form, heads, batchSize, accumulate, optimiser, lossWeights, dropout, normMomentum, seed } = plan
  const cache = byRows.cacheName.slice('cochleagrams-'.length)
  const earlier = sha256(JSON.stringify({ form, channels: [2, 3, 2, 3, 2], fc: 4, heads, batchSize, accumulate, optimiser, lossWeights, dropout, normMomentum, seed, cache, words: ['high', 'low'] }))
  expect([unsaid.identity, byPlaces.identity]).toEqual([earlier, earlier])
  expect(byRows.identity).not.toBe(earlier)
})

it('lets a checkpoint go on at another rate', async () => {
  const places = writeWordFolder(temporaryFolder())
  expect(await opened(trainingPlan({ rate: 1, schedule: { kind: 'cosine', steps: 9 } }, places))).toEqual(await opened(trainingPlan({}, places)))
})

async function opened(plan: WordTrainingPlan) {
  const { dataset, cacheName, identity, dispose } = await wordSubject(plan)
  dispose()
  return { hash: dataset.hash, contents: dataset.contents, cacheName, identity }
}
