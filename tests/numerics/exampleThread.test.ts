import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { createCochleagramFrontEnd } from '../../src-main/engine/frontends/cochleagram.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { openDataset } from '../../src-main/worker/training/dataset.ts'
import type { ExampleOrder } from '../../src-main/worker/training/example.ts'
import { createExampleSource } from '../../src-main/worker/training/exampleSource.ts'
import type { Hearing } from '../../src-main/worker/training/hearExamples.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'
import { trainingPlan } from '../helpers/trainingPlan.ts'
import { writeWordFolder } from '../helpers/wordFolder.ts'

const entry = new URL('../../src-main/worker/training/exampleThread.ts', import.meta.url)
const input = { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 } as const
const heard: Hearing = { frontEnd: { name: 'cochleagram', filters: 50 }, input }
const orders = [0, 1, 2].map((clip): ExampleOrder => ({ split: 'train', clip, mixture: 0 }))

beforeAll(async () => void (await loadBackend()))

/** The examples, made in a thread while this one works with TensorFlow as a trainer does. */
async function made(hearing: Hearing | null): Promise<Float32Array[]> {
  const { data } = trainingPlan({}, writeWordFolder(temporaryFolder()))
  const source = createExampleSource(entry, { kind: 'words', dataset: await openDataset(data, ['word'], input), data, size: input, hearing })
  try {
    const examples = source.make(orders)
    let over = false
    const ends = examples.finally(() => (over = true)).catch(() => undefined)
    const square = tf.randomNormal([256, 256], 0, 1, 'float32', 1)
    while (!over) {
      tf.tidy(() => tf.matMul(square, square).dataSync())
      await new Promise((resolve) => setImmediate(resolve))
    }
    await ends
    square.dispose()
    return (await examples).map(({ signal }) => signal)
  } finally {
    await source.close()
  }
}

it("makes the finished network's cochleagrams, bit for bit, beside a TensorFlow that is at work", async () => {
  const frontEnd = createCochleagramFrontEnd({ filters: 50, method: 'reduced' })
  const waves = await made(null)
  expect(waves[0]).toHaveLength(input.samples)
  const wanted = waves.map((wave) => tidyNumbers(() => frontEnd.forward(tf.tensor(wave, [1, wave.length])).dataSync() as Float32Array))
  expect(await made(heard)).toEqual(wanted)
})

it('tells whoever asks for examples that the front end does not suit the sounds', async () => {
  const wrong: Hearing = { ...heard, input: { ...input, sampleRateHz: 16_000 } }
  await expect(made(wrong)).rejects.toThrow('The front end "cochleagram" takes sounds at 20000 Hz; the card\'s input is at 16000 Hz.')
})
