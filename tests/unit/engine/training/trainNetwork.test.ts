import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FrontEnd } from '../../../../src-main/engine/frontends/frontEnd.ts'
import { buildNetwork } from '../../../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../../../src-main/engine/models/catalogue.ts'
import { NumericalError } from '../../../../src-main/domain/errors.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { createTrainer, type Trainer, type TrainerSettings, type TrainingBatch } from '../../../../src-main/engine/training/trainNetwork.ts'
import { trainedCard } from '../../../../src-main/engine/training/trainedCard.ts'
import type { WordCnnForm } from '../../../../src-main/domain/hearingNetworks.ts'
import type { HeadName } from '../../../../src-main/domain/trainingPlan.ts'
import type { HeadOutputs } from '../../../../src-main/engine/models/architectures/hearingHeads.ts'
import { trainableNetwork } from '../../../../src-main/engine/training/trainableNetwork.ts'
import { wordCnnStages } from '../../../../src-main/engine/training/trainedStages.ts'
import type { WordCnnTraining } from '../../../../src-main/engine/training/wordCnn.ts'
import { readSafetensors, writeSafetensors } from '../../../../src-main/weights/safetensors.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { smallBatch, smallInput, smallNetwork, smallSettings, smallSizes } from '../../../helpers/smallWordCnn.ts'

const adam: TrainerSettings = { ...smallSettings, rate: 0.002, optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } }

function withTrainer<T>(work: (trainer: Trainer) => T, settings: TrainerSettings = smallSettings, options: Partial<WordCnnTraining> = {}, state: ReturnType<Trainer['state']> | null = null): T {
  const trainer = createTrainer(smallNetwork(options), settings, smallInput, state)
  try {
    return work(trainer)
  } finally {
    trainer.dispose()
  }
}

const updates = (trainer: Trainer, from: number, to: number, sounds = 0): number[] =>
  Array.from({ length: to - from }, (_, i) => trainer.update([smallBatch(from + i, 6, sounds)]).loss)

describe('training', () => {
  beforeAll(async () => void (await loadBackend()))
  beforeEach((context) => context.skip(!isNative(), 'needs native TensorFlow'))

  it.each([['sgd', smallSettings], ['adam', adam]])('goes on bit for bit after it was saved and loaded: %s', (_, base) => {
    const settings = { ...base, schedule: { kind: 'cosine' as const, steps: 8 } }
    const options = { dropout: 0.5 }
    const whole = withTrainer((t) => ({ losses: updates(t, 0, 6), ...t.state() }), settings, options)
    const half = withTrainer((t) => ({ losses: updates(t, 0, 3), ...t.state() }), settings, options)
    const stored = { step: half.step, arrays: readSafetensors(writeSafetensors(half.arrays)) }
    const rest = withTrainer((t) => ({ losses: updates(t, 3, 6), ...t.state() }), settings, options, stored)
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses)
    expect(rest.step).toBe(6)
    expect(rest.arrays).toEqual(whole.arrays)
  })

  it('makes of two small batches what it makes of one, where no batch norm sees the difference', () => {
    const both = smallBatch(0, 12)
    const half = both.inputs.length / 2
    const parts = [0, 1].map((i): TrainingBatch => ({ size: 6, inputs: both.inputs.slice(i * half, (i + 1) * half), words: both.words!.slice(i * 6, (i + 1) * 6), sounds: null }))
    // A batch that is twice the same: each half has the statistics of the whole.
    const doubled = { ...both, inputs: Float32Array.from([...parts[0]!.inputs, ...parts[0]!.inputs]), words: [...parts[0]!.words!, ...parts[0]!.words!] }
    const one = withTrainer((t) => (t.update([doubled]), t.weights()))
    const two = withTrainer((t) => (t.update([parts[0]!, parts[0]!]), t.weights()))
    for (const [name, { data }] of one) if (!/mean|variance/.test(name)) expect(relativeL2(two.get(name)!.data, data), name).toBeLessThan(1e-5)
    const other = withTrainer((t) => (t.update([parts[0]!, parts[1]!]), t.weights()))
    expect(relativeL2(other.get('fc_top.kernel')!.data, one.get('fc_top.kernel')!.data), 'with another second half').toBeGreaterThan(1e-4)
  })

  it('stops at a loss that is not finite, names the layer where it began, and leaves the weights alone', () => {
    withTrainer((t) => {
      updates(t, 0, 1)
      const before = t.weights()
      const bad = smallBatch(1)
      bad.inputs[5] = NaN
      expect(() => t.update([bad])).toThrow(/the loss became NaN. The first values that are not finite came out of "batchnorm_0"/)
      for (const [name, { data }] of before) if (!/mean|variance/.test(name)) expect(t.step === 1 && data.every(Number.isFinite), name).toBe(true)
      expect(() => t.state(), 'its running statistics are spoilt').toThrow(/"batchnorm_0.mean" holds values that are not finite, so this state was not kept/)
    })
  })

  it('holds nothing of the batches before that whose loss is not finite', () => {
    withTrainer((t) => {
      const bad = smallBatch(1)
      bad.inputs[5] = NaN
      const before = tf.memory().numTensors
      expect(() => t.update([smallBatch(2), smallBatch(3), bad])).toThrow(NumericalError)
      expect(tf.memory().numTensors).toBe(before)
    })
  })

  it('gives no scores where a network that diverged has a loss that is not finite, and names the layer where it began', () => {
    withTrainer((t) => {
      updates(t, 0, 1)
      expect(() => t.evaluate(smallBatch(1))).toThrow(NumericalError)
      expect(() => t.evaluate(smallBatch(1))).toThrow(/the loss became NaN. The first values that are not finite came out of "\w+"/)
    }, { ...smallSettings, rate: 1e20 })
  })

  it('refuses a state of another network', () => {
    const state = withTrainer((t) => t.state())
    expect(() => withTrainer(() => 0, smallSettings, { fc: 11 }, state)).toThrow(/does not hold "fc_intermediate.kernel" with the shape \[10, 11\]/)
    expect(() => withTrainer(() => 0, adam, {}, state)).toThrow(/does not hold "batchnorm_0.gamma\/m"/)
  })

  it.each<NetworkCase>([
    { form: 'aliased', heads: { word: 5 }, logits: ['word'], code: 'word-cnn-aliased' },
    { form: 'aliased', heads: { word: 5, sounds: 3 }, logits: ['sounds', 'word'], code: 'word-cnn-aliased' },
    { form: 'reduced-aliasing', heads: { word: 5 }, logits: ['word'], code: 'word-cnn-reduced-aliasing-word' },
    { form: 'reduced-aliasing', heads: { sounds: 3 }, logits: ['sounds'], code: 'word-cnn-reduced-aliasing-audioset' },
    { form: 'reduced-aliasing', heads: { word: 5, sounds: 3 }, logits: ['sounds', 'word'], code: 'word-cnn-reduced-aliasing-word-audioset' },
  ])('makes a network that computes what the training graph does in evaluation: $form, $logits', ({ form, heads, logits, code }) => {
    const batch = smallBatch(9, 2, 3)
    const { weights, expected } = withTrainer((t) => {
      updates(t, 0, 3, 3)
      return { weights: t.weights(), expected: t.evaluate(batch).logits }
    }, smallSettings, { form, heads })
    const small = { form, channels: smallSizes.channels, fc: smallSizes.fc }
    const network = { ...trainableNetwork(small, heads), stages: wordCnnStages(small, heads, { rows: 41, columns: 60 }) }
    const labels = heads.word ? ['a', 'b', 'c', 'd', 'e'] : ['hum', 'whistle', 'hiss']
    const card = trainedCard({ name: 'toy', title: 'Toy', network, labels, weights: { hash: '0'.repeat(64), source: 'a test', licence: 'MIT' }, notes: [] })
    expect(card.network).toEqual({ from: 'architecture', name: code })
    const model = buildNetwork({ card, architecture: findNetwork(code).architecture }, { weights, frontEnd: givenCochleagrams })
    const last = model.stages.length - 1
    expect(model.stages.slice(last + 1 - logits.length).map(({ name }) => name)).toEqual(['logits_audioset', 'logits'].slice(-logits.length))
    for (const [i, head] of logits.entries()) {
      const computed = tf.tidy(() => Float32Array.from(model.run(tf.tensor(batch.inputs, [2, ...smallInput]), last + 1 - logits.length + i, 'ordinary').dataSync() as Float32Array))
      expect(relativeL2(computed, expected[head]!), head).toBeLessThan(1e-5)
    }
    for (const stage of model.stages) expect(stage.shape, stage.name).toEqual(stageShape(model, batch, stage.name))
    model.dispose()
  })
})

interface NetworkCase {
  form: WordCnnForm
  heads: HeadOutputs
  logits: HeadName[]
  /** Whose code it runs. */
  code: string
}

const givenCochleagrams: FrontEnd = { rows: 41, columns: 60, samples: 40_000, sampleRateHz: 20_000, forward: (x) => tf.clone(x), dispose: () => undefined }

function stageShape(model: ReturnType<typeof buildNetwork>, batch: TrainingBatch, name: string): number[] {
  const last = model.stages.findIndex((stage) => stage.name === name)
  return tf.tidy(() => model.run(tf.tensor(batch.inputs, [2, ...smallInput]), last, 'ordinary').shape.slice(1))
}
