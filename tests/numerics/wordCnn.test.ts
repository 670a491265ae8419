import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CochleagramFrontEnd } from '../../src-main/engine/frontends/cochleagram.ts'
import type { StageStep } from '../../src-main/engine/models/architectures/architecture.ts'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { createLazyTensors, type LazyTensors } from '../../src-main/engine/models/lazyTensors.ts'
import type { StagedModel } from '../../src-main/engine/models/model.ts'
import type { EndGradient } from '../../src-main/engine/models/stage.ts'
import { randomWeights, type WeightsSource } from '../../src-main/engine/models/weightsSource.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readFloat32, relativeL2 } from '../helpers/data.ts'

beforeAll(async () => void (await loadBackend()))

describe.each(['word-cnn-aliased', 'word-cnn-reduced-aliasing-random'])('%s', (name) => {
  let model: StagedModel
  let before = 0
  let pink: tf.Tensor
  beforeAll(() => {
    before = tf.memory().numTensors
    model = buildModel(name)
    pink = tf.tensor(readFloat32(dataPath('golden/pink_wave.f32')!), [1, 40_000])
  })
  afterAll(() => {
    pink.dispose()
    model.dispose()
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
  })

  const stage = (wanted: string) => model.stages.find((s) => s.name === wanted)!
  const gradientOf = (wanted: string, x: tf.Tensor, end: EndGradient) =>
    tf.tidy(() => tf.grad((y) => tf.sum(stage(wanted).forward(y, end)))(x).dataSync())

  it('gives at every stage the shape its card states, with finite values that differ', () => {
    tf.tidy(() => {
      let y: tf.Tensor = pink
      for (const { name: stageName, shape, endsIn, forward } of model.stages) {
        y = forward(y, 'ordinary')
        expect(y.shape, stageName).toEqual([1, ...shape])
        const [least, greatest] = [tf.min(y).dataSync()[0]!, tf.max(y).dataSync()[0]!]
        expect(Number.isFinite(least) && Number.isFinite(greatest) && greatest > least, stageName).toBe(true)
        if (endsIn === 'relu') expect(least, stageName).toBe(0)
      }
    })
  })

  it('has a gradient from cochleagram to conv_2 that finite differences confirm', () => {
    const steps = model.stages.slice(1, 1 + model.stages.findIndex((s) => s.name === 'conv_2'))
    const value = (x: tf.Tensor) => tf.mul(tf.sum(tf.square(steps.reduce((y, s) => s.forward(y, 'ordinary'), x))), 0.5) as tf.Scalar
    const [slope, difference] = tf.tidy(() => {
      const x = stage('cochleagram').forward(pink, 'ordinary')
      const { value: here, grad } = tf.valueAndGrad(value)(x)
      const slope = tf.norm(grad).dataSync()[0]!
      // Along the gradient, far enough to change the value by 0.2 %: above float32's rounding, below most corners of the max pools.
      const step = (0.001 * here.dataSync()[0]!) / slope
      const at = (h: number) => value(tf.add(x, tf.mul(grad, h / slope))).dataSync()[0]!
      return [slope, (at(step) - at(-step)) / (2 * step)]
    })
    expect(difference / slope).toBeCloseTo(1, 2)
  })

  // Without its ReLU a convolution is affine, so its gradient cannot depend on where it is taken.
  it('passes every gradient through the ReLU of conv_2 when it is the generation layer', () => {
    const at = (level: number, end: EndGradient) => tf.tidy(() => gradientOf('conv_2', tf.fill([1, 9, 17, 256], level), end))
    expect(relativeL2(at(-1, 'generation'), at(1, 'generation'))).toBe(0)
    expect(relativeL2(at(-1, 'ordinary'), at(1, 'generation'))).toBeGreaterThan(0.1)
    const values = (end: EndGradient) => tf.tidy(() => stage('conv_2').forward(tf.fill([1, 9, 17, 256], 0.3), end).dataSync())
    expect(maxAbsDifference(values('generation'), values('ordinary'))).toBe(0)
  })

  it('draws the same weights again', () => {
    const again = buildModel(name)
    const logits = (m: StagedModel) => tf.tidy(() => m.stages.slice(-1)[0]!.forward(tf.sin(tf.reshape(tf.range(0, 4096), [1, 4096])), 'ordinary').dataSync())
    expect([...logits(again)]).toEqual([...logits(model)])
    again.dispose()
  })

  // Batch norms of 1, 96 and 256 channels; convolutions and dense layers with biases.
  it.each([
    [211, 23_040],
    [171, 18_432],
  ])('has the parameters of its table with %i rows', (rows, flat) => {
    const convolutions = [98 * 1 * 96 + 96, 32 * 96 * 256 + 256, 10 * 256 * 512 + 512, 10 * 512 * 1024 + 1024, 10 * 1024 * 512 + 512]
    const dense = [flat * 4096 + 4096, 4096 * 794 + 794]
    expect(countParameters(name, rows)).toBe([4 * (1 + 96 + 256), ...convolutions, ...dense].reduce((a, b) => a + b))
  })

  it('has the sizes of its table with 171 rows', () => {
    const tensors = createLazyTensors()
    const sizes = tf.tidy(() => {
      let y: tf.Tensor = tf.zeros([1, 171, 400, 1])
      return stepsOf(name, 171, randomWeights(0, 'glorot uniform'), tensors).slice(0, -2).map((step) => (y = step.forward(y, 'ordinary')).shape.slice(1))
    })
    tensors.dispose()
    expect(sizes).toEqual([
      [171, 400, 1], [57, 134, 96], [29, 67, 96], [15, 34, 256], [8, 17, 256], [8, 17, 512], [8, 17, 1024], [8, 17, 512], [4, 9, 512],
    ])
  })
})

it('the reduced-aliasing network keeps the plain gradient at pool_0_0, whatever is asked for', () => {
  const model = buildModel('word-cnn-reduced-aliasing-random')
  const gradient = (end: EndGradient) => tf.tidy(() => {
    const x = tf.reshape(tf.sin(tf.range(0, 211 * 400)), [1, 211, 400, 1])
    return tf.grad((y) => tf.sum(model.stages[1]!.forward(y, end)))(x).dataSync()
  })
  expect(maxAbsDifference(gradient('generation'), gradient('ordinary'))).toBe(0)
  model.dispose()
})

/** An architecture behind a front end that passes its input on. */
function stepsOf(name: string, rows: number, weights: WeightsSource, tensors: LazyTensors): StageStep[] {
  const frontEnd: CochleagramFrontEnd = {
    rows, columns: 400, samples: 40_000, sampleRateHz: 20_000, envelopeRateHz: 200, frequenciesHz: new Float32Array(rows),
    forward: (x) => x, dispose: () => undefined,
  }
  const { card, architecture } = findNetwork(name)
  return architecture({ card, weights, tensors, frontEnd })
}

function countParameters(name: string, rows: number): number {
  let count = 0
  const counting: WeightsSource = {
    weight: (_, shape) => {
      count += shape.reduce((a, b) => a * b, 1)
      return () => new Float32Array(1)
    },
    finish: () => undefined,
  }
  stepsOf(name, rows, counting, { lazily: (make) => make, dispose: () => undefined })
  return count
}
