import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sixteenWayPhotographs } from '../../scripts/sixteenWay/photographs.ts'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { recogniseLabels } from '../../src-main/engine/validation/recogniseLabels.ts'
import { openWeights } from '../../src-main/weights/openWeights.ts'
import { readSafetensors } from '../../src-main/weights/safetensors.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { readOneStimulus } from '../../src-main/worker/readStimulus.ts'
import { dataPath } from '../helpers/data.ts'

const names = ['efficientnet-lite0-16way-seed1', 'efficientnet-lite0-16way-seed2']
const photographs = dataPath('data/imagenet_samples')
const fileOf = (name: string): Uint8Array => readFileSync(path.resolve(import.meta.dirname, `../../models/${name}/weights.safetensors`))

describe('the networks of 16 categories', () => {
  beforeAll(async () => void (await loadBackend()))

  it.skipIf(!photographs).each(names)('%s recognises as many photographs as its card states (needs the photographs)', { timeout: 600_000 }, async (name) => {
    const { card } = findNetwork(name)
    const model = buildModel(name, { weights: openWeights(card, fileOf(name)) })
    const tested = sixteenWayPhotographs(readdirSync(photographs!)).filter(({ split }) => split === 'test')
    const right: boolean[] = []
    for (const { name: fileName, category } of tested) {
      const { data, shape } = await readOneStimulus({ fileName, bytes: readFileSync(path.join(photographs!, fileName)) }, model.summary)
      const logits = tf.tidy(() => Float32Array.from(model.run(tf.tensor(data, shape), model.stages.length - 1, 'ordinary').dataSync() as Float32Array))
      right.push(recogniseLabels(logits, model.summary.labels, model.summary.head).top[0]!.label === category)
    }
    model.dispose()
    const share = right.filter(Boolean).length / right.length
    const stated = Number(/Test, 131 pictures that were not trained on: ([\d.]+) % right/.exec(card.notes.join(' '))![1]) / 100
    // The card's was measured before the kernels were rounded: one photograph may fall to the other side.
    expect(Math.abs(share - stated)).toBeLessThan(1.5 / tested.length)
    expect(share).toBeGreaterThan(0.8)
  })

  it('share the frozen stages, and differ from the first stage that learned on', () => {
    const [one, other] = names.map((name) => readSafetensors(fileOf(name)))
    const differing = [...one!].filter(([name, { data }]) => data.some((value, i) => value !== other!.get(name)!.data[i])).map(([name]) => name)
    expect(differing).toEqual(expect.arrayContaining(['_fc.weight', '_conv_head.weight', '_blocks.11._expand_conv.weight', '_blocks.15._project_conv.weight']))
    expect(differing.filter((name) => /^_conv_stem|^_bn0|^_blocks\.([0-9]|10)\./.test(name))).toEqual([])
  })
})
