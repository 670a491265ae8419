import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hearingForms, networkOfWidths, widthLists, type HearingForm } from '../../../../src-main/domain/hearingNetworks.ts'
import type { HeadName } from '../../../../src-main/domain/trainingPlan.ts'
import type { NamedArrays } from '../../../../src-main/domain/weights.ts'
import type { HeadOutputs } from '../../../../src-main/engine/models/architectures/hearingHeads.ts'
import { buildNetwork } from '../../../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../../../src-main/engine/models/catalogue.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { frontEndFor } from '../../../../src-main/engine/frontends/frontEndFor.ts'
import type { FrontEnd } from '../../../../src-main/engine/frontends/frontEnd.ts'
import { startingWeights } from '../../../../src-main/engine/training/startingWeights.ts'
import { trainableNetwork } from '../../../../src-main/engine/training/trainableNetwork.ts'
import { trainedCard } from '../../../../src-main/engine/training/trainedCard.ts'
import { createTrainer, type TrainingBatch } from '../../../../src-main/engine/training/trainNetwork.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { smallSettings } from '../../../helpers/smallWordCnn.ts'

const tiny: Record<Exclude<HearingForm, 'aliased' | 'reduced-aliasing'>, number[]> = { vggish: [3, 4, 5, 6, 7, 5], deepspeech: [6], 'musicnn-vgg': [4] }
const weights = { hash: '0'.repeat(64), source: 'a test', licence: 'MIT' }
const both: HeadOutputs = { word: 3, sounds: 2 }

/** A network in training and the finished one out of its weights. */
function pairOf(form: keyof typeof tiny, heads: HeadOutputs) {
  const network = trainableNetwork(networkOfWidths(form, tiny[form]), heads)
  const { rows, columns } = frontEndFor(network.base.frontEnd, network.base.input)!
  const trainer = createTrainer(network.build({ rows, columns, dropout: 0.5, normMomentum: 0.9, normSums: 'rows' }, startingWeights(3)), smallSettings, [rows, columns, 1])
  const batch = (phase: number): TrainingBatch => ({
    size: 2,
    inputs: Float32Array.from({ length: 2 * rows * columns }, (_, i) => Math.sin(1.7 * i + 0.001 * i * i + phase)),
    words: [0, 2],
    sounds: Float32Array.of(0, 1, 1, 1),
  })
  const finished = () => {
    const labels = heads.word ? ['a', 'b', 'c'] : ['hum', 'hiss']
    const card = trainedCard({ name: 'toy', title: 'Toy', network, labels, weights, notes: ['A note.'] })
    const file: NamedArrays = new Map([...trainer.weights()].map(([name, array]) => [network.fileName(name), array]))
    const frontEnd: FrontEnd = { rows, columns, samples: 48_000, sampleRateHz: 16_000, forward: (x) => tf.clone(x), dispose: () => undefined }
    return { card, model: buildNetwork({ card, architecture: findNetwork(form).architecture }, { weights: file, frontEnd }) }
  }
  return { network, trainer, batch, finished, shape: [2, rows, columns, 1] }
}

describe('a network that hears', () => {
  beforeAll(async () => void (await loadBackend()))
  beforeEach((context) => context.skip(!isNative(), 'needs native TensorFlow'))

  it.each<{ form: keyof typeof tiny; heads: HeadOutputs; logits: HeadName[] }>([
    { form: 'vggish', heads: both, logits: ['sounds', 'word'] },
    { form: 'vggish', heads: { sounds: 2 }, logits: ['sounds'] },
    { form: 'deepspeech', heads: both, logits: ['sounds', 'word'] },
    { form: 'deepspeech', heads: { word: 3 }, logits: ['word'] },
    { form: 'musicnn-vgg', heads: both, logits: ['sounds', 'word'] },
    { form: 'musicnn-vgg', heads: { sounds: 2 }, logits: ['sounds'] },
  ])('computes, once finished, what the training graph does in evaluation: $form, $logits', ({ form, heads, logits }) => {
    const before = tf.memory().numTensors
    const { trainer, batch, finished, shape } = pairOf(form, heads)
    const losses = [0, 1, 2].map((i) => trainer.update([batch(i)]).loss)
    expect(losses.every(Number.isFinite)).toBe(true)
    const expected = trainer.evaluate(batch(9)).logits
    const { card, model } = finished()
    expect(card.network).toEqual({ from: 'architecture', name: form })
    expect(card.head).toBe(heads.word ? 'softmax' : 'sigmoid')
    const heard = tf.tensor(batch(9).inputs, shape)
    const outputs = tf.tidy(() => {
      const seen = new Map<string, tf.Tensor>()
      model.run(heard, model.stages.length - 1, 'ordinary', (i, y) => seen.set(model.stages[i]!.name, y))
      for (const { name, shape: stated } of model.stages) expect(seen.get(name)!.shape.slice(1), name).toEqual(stated)
      return logits.map((_, i) => Float32Array.from(seen.get(['logits_audioset', 'logits'].slice(-logits.length)[i]!)!.dataSync() as Float32Array)) as unknown as tf.TensorContainer
    }) as unknown as Float32Array[]
    logits.forEach((head, i) => expect(relativeL2(outputs[i]!, expected[head]!), head).toBeLessThan(1e-5))
    expect(model.stages.filter(({ metamerLayer }) => metamerLayer).length).toBeGreaterThan(4)
    heard.dispose()
    model.dispose()
    trainer.dispose()
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
  })

  it.each(Object.keys(tiny) as Array<keyof typeof tiny>)('learns two examples by heart: %s', (form) => {
    const { trainer, batch } = pairOf(form, { word: 3 })
    const first = trainer.evaluate(batch(0)).loss
    for (let i = 0; i < 60; i++) trainer.update([batch(0)])
    expect(trainer.evaluate(batch(0)).loss).toBeLessThan(0.7 * first)
    trainer.dispose()
  })

  it.each([
    ['vggish', [3, 3, 1, 3]],
    ['deepspeech', [26, 19, 1, 6]],
    ['musicnn-vgg', [3, 3, 1, 4]],
  ] as const)('has first kernels to be drawn, frequency by time: %s', (form, shape) => {
    const { network, trainer } = pairOf(form, { word: 3 })
    const file = new Map([...trainer.weights()].map(([name, array]) => [network.fileName(name), array]))
    const kernel = file.get(network.firstKernel)!
    const drawn = network.drawn(kernel)
    expect(drawn.shape).toEqual(shape)
    // The second frequency of the first time: kernels lie next to each other.
    expect(drawn.data[shape[1] * shape[3]]).toBe(kernel.data[shape[3]])
    trainer.dispose()
  })

  it.each(hearingForms)('has, at full width, the stages of the catalogue up to its heads: %s', (form) => {
    const { base, stages } = trainableNetwork(networkOfWidths(form, widthLists[form].full), { word: 794 })
    const shared = base.stages.filter(({ name }) => name !== 'logits' && name !== 'layer_6')
    expect(stages.slice(0, -1)).toEqual(shared)
    expect(stages.at(-1)).toEqual({ name: 'logits', shape: [794], metamerLayer: true, endsIn: 'linear' })
  })

  it('is refused where its card states the widths of another', () => {
    const { card } = (({ trainer, finished }) => {
      const made = finished()
      made.model.dispose()
      trainer.dispose()
      return made
    })(pairOf('vggish', both))
    const wrong = { ...card, architecture: { cells: 6, outputs: both } }
    expect(() => buildNetwork({ card: wrong, architecture: findNetwork('vggish').architecture }, { weights: new Map() })).toThrow(
      'The card of network "toy" states under "architecture" the widths of another network than the one whose code it names under "network". Correct one of them.',
    )
  })
})
