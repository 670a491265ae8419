import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WordCnnForm } from '../../src-main/domain/hearingNetworks.ts'
import { createTrainer, type TrainerSettings } from '../../src-main/engine/training/trainNetwork.ts'
import { isNative } from '../../src-main/engine/native/tensorflow.ts'
import { areaUnderRoc, topK } from '../../src-main/engine/training/scores.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, readJson } from '../helpers/data.ts'
import { expectGoldenTraining, goldenAdam, type GoldenTraining } from '../helpers/goldenTraining.ts'
import { smallBatch, smallInput, smallNetwork, smallSettings, smallStart } from '../helpers/smallWordCnn.ts'

/** Golden values: PyTorch in float64 with the same weights and examples, dropout off (bench/golden/torchTraining.py). */
const golden = readJson<Record<string, GoldenTraining>>(dataPath('golden/training_torch.json')!)
/** Golden values: scikit-learn's roc_auc_score and top_k_accuracy_score (bench/golden/scores.py). */
const scores = readJson<{ auc: Array<{ scores: number[]; present: number[]; area: number }>; topK: { logits: number[]; classes: number[]; shares: Record<string, number> } }>(dataPath('golden/scores_sklearn.json')!)

const tolerance = { losses: 1e-5, changes: 1e-3 }

beforeAll(async () => void (await loadBackend()))

describe('four steps of training', () => {
  it.for<{ name: string; form: WordCnnForm; settings: TrainerSettings; sounds: number }>([
    { name: 'sgd', form: 'aliased', settings: smallSettings, sounds: 0 },
    { name: 'adam', form: 'aliased', settings: { ...smallSettings, optimiser: goldenAdam, rate: 0.002 }, sounds: 0 },
    { name: 'two heads', form: 'aliased', settings: smallSettings, sounds: 3 },
    { name: 'reduced aliasing', form: 'reduced-aliasing', settings: smallSettings, sounds: 0 },
  ])('give the losses, weights and running statistics of PyTorch: $name', ({ name, form, settings, sounds }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const before = tf.memory().numTensors
    const network = smallNetwork({ form, heads: sounds ? { word: 5, sounds } : { word: 5 } })
    const trainer = createTrainer(network, settings, smallInput)
    const batches = [0, 1, 2, 3].map((step) => smallBatch(step, 6, sounds))
    expectGoldenTraining(trainer, batches, golden[name]!, smallStart, tolerance)
    trainer.dispose()
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
  })
})

describe('scores', () => {
  it('give scikit-learn’s areas under the ROC curve, ties and all', () => {
    for (const { scores: values, present, area } of scores.auc) expect(areaUnderRoc(values, present)).toBeCloseTo(area, 12)
  })

  it('give scikit-learn’s share of the right class among the best', () => {
    const { logits, classes, shares } = scores.topK
    for (const [k, share] of Object.entries(shares)) expect(topK(Float32Array.from(logits), classes, Number(k))).toBeCloseTo(share, 12)
  })
})
