import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork, networkSummaries } from '../../src-main/engine/models/catalogue.ts'
import type { StagedModel } from '../../src-main/engine/models/model.ts'
import { recogniseLabels } from '../../src-main/engine/validation/recogniseLabels.ts'
import { openWeights } from '../../src-main/weights/openWeights.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { readOneStimulus } from '../../src-main/worker/readStimulus.ts'
import { dataPath } from '../helpers/data.ts'

const names = networkSummaries().map(({ name }) => name).filter((name) => /-digits-(seed|scenes)/.test(name))
const recordings = dataPath('data/spoken_digits')

describe.skipIf(!recordings).each(names)('%s (needs the spoken digits)', (name) => {
  let model: StagedModel
  beforeAll(async () => {
    await loadBackend()
    const file = path.resolve(import.meta.dirname, `../../models/${name}/weights.safetensors`)
    model = buildModel(name, { weights: openWeights(findNetwork(name).card, readFileSync(file)) })
  })
  afterAll(() => model.dispose())

  /** The label that comes first for a recording, read as any stimulus is. */
  async function heard(fileName: string): Promise<string> {
    const { data, shape } = await readOneStimulus({ fileName, bytes: readFileSync(path.join(recordings!, fileName)) }, model.summary)
    const logits = tf.tidy(() => Float32Array.from(model.run(tf.tensor(data, shape), model.stages.length - 1, 'ordinary').dataSync() as Float32Array))
    return recogniseLabels(logits, model.summary.labels, model.summary.head).top[0]!.label
  }

  /** Of takes 0 to 4 of every digit, which no network is trained on. */
  async function shareRight(speakers: readonly string[]): Promise<number> {
    const { labels } = model.summary
    const right = []
    for (const speaker of speakers) {
      for (const [digit, label] of labels.entries()) for (const take of [0, 1, 2, 3, 4]) right.push((await heard(`${digit}_${speaker}_${take}.wav`)) === label)
    }
    return right.filter(Boolean).length / right.length
  }

  /** As the training measured it: through its own decoding, mixing and cochleagrams in half precision, not through a stimulus. */
  function stated(what: string): number {
    const note = findNetwork(name).card.notes.find((one) => one.includes(what))!
    return Number(/clean ([\d.]+) %/.exec(note)![1]) / 100
  }

  it.each([
    ['the speakers it was trained on say in other takes', ['george', 'jackson', 'lucas', 'nicolas'], 'clips that were not trained on', 0.9],
    ['another speaker says', ['theo'], 'clips of speakers that were not trained on', 0.6],
  ])('recognises as much as its card states of what %s', { timeout: 120_000 }, async (_, speakers, what, least) => {
    const share = await shareRight(speakers)
    expect(Math.abs(share - stated(what))).toBeLessThan(0.011)
    expect(share).toBeGreaterThanOrEqual(least)
  })
})
