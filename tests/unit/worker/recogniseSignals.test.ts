import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import type { QuantisedSignal } from '../../../src-main/domain/stimulus.ts'
import type { Model } from '../../../src-main/engine/models/model.ts'
import { loadBackend } from '../../../src-main/worker/loadBackend.ts'
import { createModelCache } from '../../../src-main/worker/modelCache.ts'
import { recogniseSignals } from '../../../src-main/worker/requests/recogniseSignals.ts'
import { noBases } from '../../helpers/noBases.ts'
import { modelOf, stage, toyAudioModel, toyModel } from '../../helpers/toyModel.ts'

beforeAll(loadBackend)

/** Names a sound by whether its sum is positive; 8 samples at 4 kHz. */
const listener = modelOf('listener', { kind: 'audio', samples: 8, sampleRateHz: 4000 }, ['up', 'down'], [
  stage('logits', [2], 'linear', (x) => tf.stack([tf.sum(x, 1), tf.neg(tf.sum(x, 1))], 1)),
])
const models: Model[] = [toyModel(), toyAudioModel(), listener]
const networks = { summaries: () => models.map(({ summary }) => summary), use: () => [], load: async () => undefined, build: (name: string) => models.find((m) => m.summary.name === name)!, ...noBases }
const ask = (network: string, signals: QuantisedSignal[]) => recogniseSignals({ networks, models: createModelCache(2, networks.build) }, { network, signals })

/** One colour all over. */
function plain(height: number, width: number, rgb: [number, number, number]): QuantisedSignal {
  return { kind: 'image', height, width, data: Uint8Array.from({ length: height * width * 3 }, (_, i) => rgb[i % 3]!) }
}
const sound = (sampleRateHz: number, values: number[]): QuantisedSignal => ({ kind: 'audio', sampleRateHz, data: Int16Array.from(values) })

it('names a picture as it is exported: by hand, red wins', async () => {
  // x = [1, 0, 0]: scaled [1, -1, -1] times the mixing = [1.5, -2.5, 1.5]; rectified [1.5, 0, 1.5]; the lower index goes first.
  const [named] = await ask('toy', [plain(4, 4, [255, 0, 0])])
  expect(named!.notices).toEqual([])
  expect(named!.recognition.top.map(({ label }) => label)).toEqual(['red', 'blue', 'green'])
})

it('resizes a picture of another size to what the judge takes, and says so', async () => {
  const [named] = await ask('toy', [plain(8, 12, [255, 0, 0])])
  expect(named!.recognition.top[0]!.label).toBe('red')
  expect(named!.notices).toEqual(['Cropped from 12 x 8 to its central 8 x 8 pixels.', 'Resized from 8 x 8 to 4 x 4 pixels.'])
})

it('brings a sound to the judge\'s rate and length, and leaves its level alone', async () => {
  const loud = Array.from({ length: 16 }, () => 16000)
  const [same, faster] = await ask('listener', [sound(4000, loud.slice(0, 8)), sound(8000, loud)])
  expect(same!.notices).toEqual([])
  // 8 samples of 16000 / 32768 sum to 3.906: softmax of [s, -s] gives 1 / (1 + exp(-2 s)).
  expect(same!.recognition.top[0]).toMatchObject({ label: 'up', probability: expect.closeTo(1 / (1 + Math.exp(-2 * 8 * 16000 / 32768)), 6) })
  expect(faster!.recognition.top[0]!.label).toBe('up')
  expect(faster!.notices[0]).toBe('The sound was 8000 Hz; resampled to 4000 Hz, so nothing above 2000 Hz is in it.')
})

it('refuses signals of the other kind, and judges without labels', async () => {
  await expect(ask('toy', [sound(8000, [1, 2])])).rejects.toThrow('A sound cannot be judged by network "toy", which takes pictures. Choose another judge, or other runs.')
  await expect(ask('listener', [plain(4, 4, [0, 0, 0])])).rejects.toThrow('A picture cannot be judged by network "listener", which takes sounds.')
  await expect(ask('toy-audio', [sound(8000, [1, 2])])).rejects.toThrow('Network "toy-audio" has no labels, so it recognises nothing.')
})

it('leaves no tensor behind', async () => {
  await ask('toy', [plain(4, 4, [1, 2, 3])])
  const before = tf.memory().numTensors
  await ask('toy', [plain(4, 4, [1, 2, 3]), plain(5, 5, [9, 2, 3])])
  expect(tf.memory().numTensors).toBe(before)
})
