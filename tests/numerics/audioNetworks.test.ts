import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { create2023FrontEnd, createCochleagramFrontEnd, type CochleagramFrontEnd } from '../../src-main/engine/frontends/cochleagram.ts'
import type { FrontEnd } from '../../src-main/engine/frontends/frontEnd.ts'
import { frontEndFor } from '../../src-main/engine/frontends/frontEndFor.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { activationsAt, activationsOfAllStages, type StagedModel } from '../../src-main/engine/models/model.ts'
import { matchingLoss } from '../../src-main/engine/synthesis/matchingLoss.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, readJson, relativeL2 } from '../helpers/data.ts'
import { listWeights } from '../../src-main/engine/models/importing/listWeights.ts'
import { sizeOf } from '../../src-main/engine/models/importing/namedShape.ts'
import { buildGoldenNetwork, goldenSound } from '../helpers/goldenNetwork.ts'
import { expectGolden, type GoldenNetwork, type GoldenSummary } from '../helpers/goldenSummary.ts'

/** Golden values: numpy and PyTorch in float64 with the same weights, written apart from the program (bench/golden/torchAudioNetworks.py). */
const goldenOf = (name: string) => readJson<GoldenNetwork>(dataPath(`golden/${name.replaceAll('-', '_')}_torch.json`)!)
const sound = (seed: number) => tf.tensor(goldenSound(40_000, 20_000, seed), [1, 40_000])
/**
 * Single units lie within float32's rounding of a corner of a ReLU or max pool and may fall on the other side, which moves the gradient by up to
 * 7e-3 (logits of the aliased network). A few millionths louder or softer, they lie where they do in float64: 5e-5 at most was seen.
 */
const loudness = [1, 1e-6, -1e-6, 3e-6, -3e-6, 6e-6, -6e-6, 1e-5, -1e-5, 2e-5, -2e-5].map((change, i) => (i === 0 ? 1 : 1 + change))
/** At the full rate, as the golden values are. */
const exactCochleagram = () => createCochleagramFrontEnd({ filters: 50, method: 'exact' })

beforeAll(async () => void (await loadBackend()))

describe.each([
  ['word-cnn-aliased', exactCochleagram],
  ['word-cnn-reduced-aliasing-word-audioset', exactCochleagram],
  ['vggish', () => frontEndOf('vggish')],
  ['deepspeech', () => frontEndOf('deepspeech')],
])('%s', (network, makeFrontEnd) => {
  const golden = goldenOf(network)
  let model: StagedModel
  let frontEnd: FrontEnd
  let before = 0
  beforeAll(() => {
    before = tf.memory().numTensors
    frontEnd = makeFrontEnd()
    model = buildGoldenNetwork(network, frontEnd)
  })
  afterAll(() => {
    model.dispose()
    frontEnd.dispose()
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
  })

  it('gives the golden activations at every metamer layer, and everywhere the shape its card states', () => {
    const activations = tf.tidy(() => activationsOfAllStages(model, sound(1)))
    const layers = model.stages.filter((s) => s.metamerLayer).map((s) => s.name)
    expect(Object.keys(golden.layers)).toEqual(layers)
    model.stages.forEach(({ name, shape }, i) => {
      expect(activations[i]!.length, name).toBe(shape.reduce((a, b) => a * b))
      const expected = golden.layers[name]
      if (!expected) return
      expect(shape, name).toEqual(expected.shape)
      expectGolden(activations[i]!, expected, 1e-4, name)
    })
  })

  it.each(golden.gradients.map((g) => [g.layer, g.end, g] as const))('has the golden loss and gradient at %s, %s', (layer, end, expected) => {
    const at = (level: number) => lossAndGradient((x, varied) => activationsAt(model, layer, x, varied ? end : 'ordinary'), level)
    const level = loudness.find((each) => isNear(at(each)[1], expected)) ?? 1
    const [loss, gradient] = at(level)
    // Logits of the two sounds differ little, so that float32's rounding is larger beside their difference: 1.9e-4 was seen.
    expect(Math.abs(loss / expected.loss - 1)).toBeLessThan(3e-4)
    expectGolden(gradient, expected, 1e-3, layer)
  })

  it('has the parameters that the golden values were made with', () => {
    expect(parametersOf(network)).toBe(golden.parameters)
  })
})

describe('the cochleagram of 2023', () => {
  const golden = goldenOf('cochleagram-2023')
  let frontEnd: CochleagramFrontEnd
  beforeAll(() => void (frontEnd = create2023FrontEnd({ method: 'exact' })))
  afterAll(() => frontEnd.dispose())

  it('has the golden values, 211 rows by 390 columns', () => {
    const [values, shape] = tf.tidy(() => {
      const y = frontEnd.forward(sound(1))
      return [y.dataSync() as Float32Array, y.shape] as const
    })
    expect(shape).toEqual([1, 211, 390, 1])
    expect([1, frontEnd.rows, frontEnd.columns, 1]).toEqual(shape)
    expectGolden(values, golden.layers['cochleagram']!, 1e-4, 'cochleagram')
  })

  it('has the golden gradient', () => {
    const [loss, gradient] = lossAndGradient((x) => frontEnd.forward(x))
    expect(Math.abs(loss / golden.gradients[0]!.loss - 1)).toBeLessThan(1e-4)
    expectGolden(gradient, golden.gradients[0]!, 1e-3, 'cochleagram')
  })

  it('differs by less than 1e-4 at reduced rates, and by less than 3e-3 in the gradient', () => {
    const reduced = frontEndFor({ name: 'cochleagram-2023' }, { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 })!
    const values = tf.tidy(() => reduced.forward(sound(1)).dataSync() as Float32Array)
    expectGolden(values, golden.layers['cochleagram']!, 1e-4, 'cochleagram')
    const [, gradient] = lossAndGradient((x) => reduced.forward(x))
    expectGolden(gradient, golden.gradients[0]!, 3e-3, 'gradient')
    reduced.dispose()
  })
})

it.each([
  ['vggish', 72_141_184],
  ['deepspeech', 47_224_861],
  ['word-cnn-aliased', 110_225_086],
  ['word-cnn-reduced-aliasing-random', 110_225_086],
  ['word-cnn-reduced-aliasing-word', 110_225_086],
  ['word-cnn-reduced-aliasing-audioset', 109_090_217],
  ['word-cnn-reduced-aliasing-word-audioset', 112_343_235],
])('%s has %i parameters', (network, count) => {
  expect(parametersOf(network)).toBe(count)
})

function frontEndOf(network: string): FrontEnd {
  const { frontEnd, input } = findNetwork(network).card
  return frontEndFor(frontEnd, input)!
}

function parametersOf(network: string): number {
  return listWeights(findNetwork(network)).reduce((sum, entry) => sum + sizeOf(entry), 0)
}

function isNear(gradient: Float32Array, { indices, values }: GoldenSummary): boolean {
  return relativeL2(indices.map((i) => gradient[i]!), values) < 1e-3
}

/** Half the squared difference of what two golden sounds give, and its gradient at the first, made louder. */
function lossAndGradient(activations: (x: tf.Tensor, varied: boolean) => tf.Tensor, level = 1): readonly [number, Float32Array] {
  return tf.tidy(() => {
    const target = activations(sound(2), false)
    const { value, grad } = tf.valueAndGrad((x) => matchingLoss(activations(x, true), target, 'none'))(tf.mul(sound(1), level))
    return [value.dataSync()[0]!, grad.dataSync() as Float32Array] as const
  })
}
