import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildModel, buildNetwork } from '../../../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../../../src-main/engine/models/catalogue.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { fineTunedCard, fineTuningOf, frozenStages } from '../../../../src-main/engine/training/fineTuning.ts'
import { learnedStart, startFrom, trainableStages, wholeWeights } from '../../../../src-main/engine/training/lateStages/lateStages.ts'
import { startingWeights } from '../../../../src-main/engine/training/startingWeights.ts'
import { createTrainer, type TrainingBatch } from '../../../../src-main/engine/training/trainNetwork.ts'
import { openWeights } from '../../../../src-main/weights/openWeights.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { pictureTrainingPlan } from '../../../helpers/trainingPlan.ts'

const entry = findNetwork('efficientnet-lite0')
const arrays = openWeights(entry.card, readFileSync(path.resolve(import.meta.dirname, '../../../../models/efficientnet-lite0/weights.safetensors')))
const { network: lite } = fineTuningOf(entry.card, null)
const labels = ['one', 'two', 'three']
const picture = (seed: number) => tf.tidy(() => Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => 0.5 + 0.5 * Math.sin(seed + 0.013 * i + 0.0001 * (i % 977) * i)))

/** Trains from a stage on, and gives loss and logits before and after, with the finished network's beside them. */
function fineTuned(from: string, updates: number) {
  const frozen = frozenStages(entry, arrays, from)
  const encoded = [1, 2].map((seed) => tf.tidy(() => Float32Array.from(frozen.forward(tf.tensor(picture(seed), [1, 224, 224, 3])).dataSync() as Float32Array)))
  const inputs = new Float32Array(encoded.flatMap((one) => [...one]))
  const batch: TrainingBatch = { size: 2, inputs, words: [0, 2], sounds: new Float32Array() }
  const network = trainableStages(lite, { from, labels: labels.length, dropout: 0 }, startFrom(lite, 'efficientnet-lite0', arrays, startingWeights(1)))
  const trainer = createTrainer(network, { ...pictureTrainingPlan({ rate: 1e-4, optimiser: { kind: 'sgd', momentum: 0, weightDecay: 0 } }), lossWeights: { word: 1, sounds: 1 } }, frozen.shape)
  const before = trainer.evaluate(batch).loss
  for (let i = 0; i < updates; i++) trainer.update([batch])
  const { loss, logits } = trainer.evaluate(batch)
  const file = wholeWeights(lite, arrays, trainer.weights(), from)
  trainer.dispose()
  frozen.dispose()
  return { before, after: loss, logits: logits.word!, file }
}

function finishedLogits(file: Map<string, { shape: number[]; data: Float32Array }>): Float32Array {
  const card = fineTunedCard({ name: 'new', title: 'New', base: entry.card, code: 'efficientnet-lite0', labels, weights: { hash: '0'.repeat(64), source: 'a test', licence: 'MIT' }, notes: [] })
  const model = buildNetwork({ card, architecture: entry.architecture }, { weights: file })
  const logits = [1, 2].flatMap((seed) => tf.tidy(() => [...(model.run(tf.tensor(picture(seed), [1, 224, 224, 3]), model.stages.length - 1, 'ordinary').dataSync() as Float32Array)]))
  model.dispose()
  return Float32Array.from(logits)
}

describe('fine-tuning', { timeout: 120_000 }, () => {
  beforeAll(async () => void (await loadBackend()))

  it.for(['stem', 'block7', 'head', 'pooled', 'logits'])('from %s on learns, and writes a network that computes what the one in training does', (from, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const { before, after, logits, file } = fineTuned(from, from === 'stem' ? 1 : 4)
    expect(after).toBeLessThan(before)
    const finished = finishedLogits(file)
    finished.forEach((value, i) => expect(Math.abs(value - logits[i]!)).toBeLessThan(2e-3 * Math.max(1, Math.abs(value))))
  })

  it('is taken up again out of the file that it wrote', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const { file, logits } = fineTuned('head', 2)
    const frozen = frozenStages(entry, arrays, 'head')
    const again = createTrainer(trainableStages(lite, { from: 'head', labels: labels.length, dropout: 0 }, learnedStart(lite, 'new', file)), { ...pictureTrainingPlan(), lossWeights: { word: 1, sounds: 1 } }, frozen.shape)
    const inputs = new Float32Array([1, 2].flatMap((seed) => tf.tidy(() => [...(frozen.forward(tf.tensor(picture(seed), [1, 224, 224, 3])).dataSync() as Float32Array)])))
    const answer = again.evaluate({ size: 2, inputs, words: [0, 2], sounds: new Float32Array() }).logits.word!
    again.dispose()
    frozen.dispose()
    answer.forEach((value, i) => expect(value).toBeCloseTo(logits[i]!, 4))
    expect(file.get(lite.firstKernel)!.shape).toEqual([3, 3, 3, 32])
  })

  it('leaves the frozen stages as they are, bit for bit', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const { file } = fineTuned('head', 2)
    const changed = [...arrays].filter(([name, { data }]) => Buffer.compare(Buffer.from(data.buffer, data.byteOffset, data.byteLength), Buffer.from(Float32Array.from(file.get(name)!.data).buffer)) !== 0).map(([name]) => name)
    expect(changed.sort()).toEqual(['_bn1.bias', '_bn1.running_mean', '_bn1.running_var', '_bn1.weight', '_conv_head.weight', '_fc.bias', '_fc.weight'])
  })

  it('begins with what the base network computes', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const start = startFrom(lite, 'efficientnet-lite0', arrays, (name) => arrays.get(name.replace('.kernel', '.weight'))!.data)
    const network = trainableStages(lite, { from: 'block5', labels: 1000, dropout: 0 }, start)
    const frozen = frozenStages(entry, arrays, 'block5')
    const inputs = tf.tidy(() => Float32Array.from(frozen.forward(tf.tensor(picture(1), [1, 224, 224, 3])).dataSync() as Float32Array))
    const trainer = createTrainer(network, { ...pictureTrainingPlan(), lossWeights: { word: 1, sounds: 1 } }, frozen.shape)
    const logits = trainer.evaluate({ size: 1, inputs, words: [0], sounds: new Float32Array() }).logits.word!
    const base = buildModel('efficientnet-lite0', { weights: arrays })
    const expected = tf.tidy(() => base.run(tf.tensor(picture(1), [1, 224, 224, 3]), base.stages.length - 1, 'ordinary').dataSync() as Float32Array)
    logits.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-3))
    base.dispose()
    frozen.dispose()
    trainer.dispose()
  })

  it('begins with the stages of the lowest resolution unless another is named', () => {
    expect(fineTuningOf(entry.card, null).from).toBe('block6')
    expect(fineTuningOf(entry.card, 'block2').from).toBe('block2')
  })

  it('knows the code of a network that was fine-tuned before', () => {
    const card = fineTunedCard({ name: 'new', title: 'New', base: entry.card, code: 'efficientnet-lite0', labels, weights: { hash: '0'.repeat(64), source: 'a test', licence: 'MIT' }, notes: [] })
    expect(fineTuningOf(card, 'head')).toMatchObject({ code: 'efficientnet-lite0', from: 'head' })
  })
})
