import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { NamedArrays } from '../../../../src-main/domain/weights.ts'
import { buildNetwork } from '../../../../src-main/engine/models/buildModel.ts'
import { findNetwork, type CatalogueEntry } from '../../../../src-main/engine/models/catalogue.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { fineTunedCard, fineTuningOf, frozenStages } from '../../../../src-main/engine/training/fineTuning.ts'
import { learnedStart, startFrom, trainableStages, wholeWeights } from '../../../../src-main/engine/training/lateStages/lateStages.ts'
import { startingWeights } from '../../../../src-main/engine/training/startingWeights.ts'
import { createTrainer, type Trainer } from '../../../../src-main/engine/training/trainNetwork.ts'
import type { StartValues } from '../../../../src-main/engine/training/trainingNetwork.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { withMadeUpWeights } from '../../../helpers/madeUpWeights.ts'
import { pictureTrainingPlan } from '../../../helpers/trainingPlan.ts'

const labels = ['one', 'two', 'three']
const settings = { ...pictureTrainingPlan({ rate: 1e-6, optimiser: { kind: 'sgd', momentum: 0, weightDecay: 0 } }), lossWeights: { word: 1, sounds: 1 } }

interface Base {
  entry: CatalogueEntry
  arrays: NamedArrays
}

function pictureFor({ entry: { card } }: Base): Float32Array {
  if (card.input.kind !== 'image') throw new Error('It hears.')
  return Float32Array.from({ length: card.input.height * card.input.width * 3 }, (_, i) => 0.5 + 0.5 * Math.sin(1 + 0.013 * i + 0.0001 * (i % 977) * i))
}

function run({ entry, arrays }: Base, picture: Float32Array, seen?: (stage: number, y: Float32Array) => void): Float32Array {
  const { card } = entry
  if (card.input.kind !== 'image') throw new Error('It hears.')
  const shape = [1, card.input.height, card.input.width, 3]
  const model = buildNetwork(entry, { weights: arrays })
  const read = (y: tf.Tensor): Float32Array => Float32Array.from(y.dataSync() as Float32Array)
  const logits = read(tf.tidy(() => model.run(tf.tensor(picture, shape), card.stages.length - 1, 'ordinary', seen && ((stage, y) => seen(stage, read(y))))))
  model.dispose()
  return logits
}

/** What each stage of the base takes. The first takes the picture as it is scaled. */
function inputsOf(base: Base, picture: Float32Array): { inputs: Float32Array[]; logits: Float32Array } {
  const { card } = base.entry
  const first = frozenStages(base.entry, base.arrays, card.stages[0]!.name)
  const scaled = tf.tidy(() => Float32Array.from(first.forward(tf.tensor(picture, [1, ...first.shape])).dataSync() as Float32Array))
  first.dispose()
  const inputs: Float32Array[] = [scaled]
  const logits = run(base, picture, (_, y) => inputs.push(y))
  return { inputs, logits }
}

function trainerFrom({ entry: { card } }: Base, from: string, count: number, start: StartValues): Trainer {
  const { network } = fineTuningOf(card, from)
  const before = card.stages.findIndex(({ name }) => name === from) - 1
  const shape = before >= 0 ? card.stages[before]!.shape : [card.input.kind === 'image' ? card.input.height : 0, card.input.kind === 'image' ? card.input.width : 0, 3]
  return createTrainer(trainableStages(network, { from, labels: count, dropout: 0 }, start), settings, shape)
}

function sumOfSquaredSteps(before: NamedArrays, after: NamedArrays): number {
  let sum = 0
  for (const [name, { data }] of after) {
    const old = before.get(name)!.data
    for (let i = 0; i < data.length; i++) sum += (data[i]! - old[i]!) ** 2
  }
  return sum
}

function expectNear(values: Float32Array, expected: Float32Array, tolerance: number): void {
  const length = (all: Float32Array): number => Math.sqrt(all.reduce((sum, v) => sum + v * v, 0))
  expect(length(values.map((v, i) => v - expected[i]!)) / length(expected)).toBeLessThan(tolerance)
}

/** Of Inception-V3's twenty, those that metamers are made from, and the usual one: each has all after it in itself. */
function beginnings(code: string): Array<{ from: string; i: number }> {
  const { card } = findNetwork(code)
  const usual = fineTuningOf(card, null).from
  return card.stages.map(({ name, metamerLayer }, i) => ({ from: name, i, metamerLayer })).filter(({ from, metamerLayer }) => metamerLayer || from === usual)
}

describe.each(['vgg-19', 'inception-v3', 'resnet-101-v2'])('%s in training', { timeout: 120_000 }, (code) => {
  let base: Base
  let picture: Float32Array
  let known: ReturnType<typeof inputsOf>

  beforeAll(async () => {
    await loadBackend()
    if (!isNative()) return
    base = withMadeUpWeights(findNetwork(code))
    picture = pictureFor(base)
    known = inputsOf(base, picture)
  }, 120_000)

  it.for(beginnings(code))('computes from $from on what the network itself does', ({ from, i }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const { network } = fineTuningOf(base.entry.card, from)
    const trainer = trainerFrom(base, from, 1000, learnedStart(network, code, base.arrays))
    const { logits } = trainer.evaluate({ size: 1, inputs: known.inputs[i]!, words: [0], sounds: new Float32Array() })
    trainer.dispose()
    expectNear(logits.word!, known.logits, 1e-5)
  })

  it.for(code === 'vgg-19' ? ['fc7'] : [findNetwork(code).card.stages[0]!.name, fineTuningOf(findNetwork(code).card, null).from])('learns from %s on, and writes a network that computes what the one in training does', (from, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const { network } = fineTuningOf(base.entry.card, from)
    const i = base.entry.card.stages.findIndex(({ name }) => name === from)
    const trainer = trainerFrom(base, from, labels.length, startFrom(network, code, base.arrays, startingWeights(1)))
    const batch = { size: 1, inputs: known.inputs[i]!, words: [2], sounds: new Float32Array() }
    const [lossBefore, weightsBefore] = [trainer.evaluate(batch).loss, trainer.weights()]
    trainer.update([batch])
    const { loss, logits } = trainer.evaluate(batch)
    // Every step is the rate times the slope, so that the loss falls by the sum of step times slope: the squared steps by the rate.
    expect((lossBefore - loss) / (sumOfSquaredSteps(weightsBefore, trainer.weights()) / settings.rate)).toBeCloseTo(1, 1)
    const whole = wholeWeights(network, base.arrays, trainer.weights(), from)
    trainer.dispose()
    expect([...whole.keys()]).toEqual([...base.arrays.keys()])
    const card = fineTunedCard({ name: 'new', title: 'New', base: base.entry.card, code, labels, weights: { hash: '0'.repeat(64), source: 'a test', licence: 'MIT' }, notes: [] })
    expectNear(run({ entry: { ...base.entry, card }, arrays: whole }, picture), logits.word!, 1e-5)
    const again = trainerFrom(base, from, labels.length, learnedStart(network, 'new', whole))
    expectNear(again.evaluate(batch).logits.word!, logits.word!, 1e-5)
    again.dispose()
  })
})

describe('a variant in training', { timeout: 120_000 }, () => {
  it.for([
    { code: 'inception-v3', variant: 'torchvision' as const, from: 'Mixed_5b' },
    { code: 'resnet-101-v2', variant: 'slim' as const, from: 'block1' },
  ])('computes what the network itself does: $code of $variant', async ({ code, variant, from }, context) => {
    await loadBackend()
    context.skip(!isNative(), 'needs native TensorFlow')
    const base = withMadeUpWeights(findNetwork(code), { network: { from: 'architecture', name: code, variant } })
    const { inputs, logits } = inputsOf(base, pictureFor(base))
    const { network } = fineTuningOf(base.entry.card, from)
    const trainer = trainerFrom(base, from, 1000, learnedStart(network, code, base.arrays))
    const answer = trainer.evaluate({ size: 1, inputs: inputs[base.entry.card.stages.findIndex(({ name }) => name === from)]!, words: [0], sounds: new Float32Array() }).logits.word!
    trainer.dispose()
    expectNear(answer, logits, 1e-5)
    const card = fineTunedCard({ name: 'new', title: 'New', base: base.entry.card, code, labels, weights: { hash: '0'.repeat(64), source: 'a test', licence: 'MIT' }, notes: [] })
    expect(card.network).toEqual({ from: 'architecture', name: code, variant })
  })
})
