import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activationsAt, activationsOfAllStages, type StagedModel } from '../../src-main/engine/models/model.ts'
import type { EndGradient } from '../../src-main/engine/models/stage.ts'
import { isNative } from '../../src-main/engine/native/tensorflow.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { recogniseLabels } from '../../src-main/engine/validation/recogniseLabels.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readFloat32, readJson, relativeL2 } from '../helpers/data.ts'
import { valueAndGradient } from '../helpers/gradients.ts'
import { buildMusicnn } from '../helpers/musicnn.ts'

/**
 * Golden values: the package's checkpoint by TensorFlow operations in float64, confirmed by its own TensorFlow 1 graph
 * restored and run. Tolerances as proposed with them.
 */
interface GoldenStage {
  shape: number[]
  mean: number
  l2: number
  indices: number[]
  values: number[]
}

let model: StagedModel
beforeAll(async () => {
  await loadBackend()
  model = buildMusicnn()
})
afterAll(() => model.dispose())

const stage = (wanted: string) => model.stages.find((s) => s.name === wanted)!
const noise = (level = 0.1) => {
  const random = createRandom(1, 'test noise')
  return tf.tensor2d(Float32Array.from({ length: 48_000 }, () => level * random.normal()), [1, 48_000])
}

const wave = dataPath('golden/musicnn_human_wave16k.f32')
describe.skipIf(!wave)('musicnn VGG on a speech clip (needs the golden wave)', () => {
  let activations: Float32Array[]
  beforeAll(() => {
    activations = tf.tidy(() => activationsOfAllStages(model, tf.tensor2d(readFloat32(wave!), [1, 48_000])))
  })

  it('gives the golden activations at every stage', () => {
    const { stages } = readJson<{ stages: Record<string, GoldenStage> }>(dataPath('golden/musicnn_MTT_vgg_human_stages.json')!)
    expect(model.stages.map(({ name }) => name)).toEqual(['logmel', ...Object.keys(stages)])
    model.stages.slice(1).forEach(({ name, shape }, i) => {
      const expected = stages[name]!
      const values = activations[i + 1]!
      expect(shape, name).toEqual(expected.shape)
      const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
      expect(Math.abs(norm / expected.l2 - 1), `norm of ${name}`).toBeLessThan(1e-4)
      const found = expected.indices.map((index) => values[index]!)
      expect(relativeL2(found, expected.values), name).toBeLessThan(1e-4)
      expect(maxAbsDifference(found, expected.values), name).toBeLessThan(1e-3)
    })
  })

  it('gives the golden tags, "male" on top', () => {
    const { top } = recogniseLabels(activations.at(-1)!, model.summary.labels, model.summary.head)
    const golden = readJson<{ top: [string, number][] }>(dataPath('golden/musicnn_MTT_vgg_human_tags.json')!).top
    expect(top.map(({ label }) => label)).toEqual(golden.slice(0, 5).map(([label]) => label))
    expect(maxAbsDifference(top.map(({ probability }) => probability), golden.slice(0, 5).map(([, value]) => value))).toBeLessThan(1e-5)
    const tags = activations.at(-1)!.map((z) => 1 / (1 + Math.exp(-z)))
    expect(maxAbsDifference(tags, readFloat32(dataPath('golden/musicnn_MTT_vgg_human_tags.f32')!))).toBeLessThan(1e-5)
  })
})

describe('musicnn VGG', () => {
  it('gives at every stage the shape its card states', () => {
    tf.tidy(() => {
      let y: tf.Tensor = noise()
      for (const { name, shape, endsIn, forward } of model.stages) {
        y = forward(y, 'ordinary')
        expect(y.shape, name).toEqual([1, ...shape])
        if (endsIn === 'relu') expect(tf.min(y).dataSync()[0], name).toBe(0)
      }
    })
  })

  it.each(['conv1', 'conv3', 'logits'])('has a gradient from the wave to %s that finite differences confirm', (layer) => {
    const value = (x: tf.Tensor) => tf.mul(tf.sum(tf.square(activationsAt(model, layer, x))), 0.5) as tf.Scalar
    const [slope, difference] = tf.tidy(() => {
      const x = noise()
      const { value: here, grad } = tf.valueAndGrad(value)(x)
      const slope = tf.norm(grad).dataSync()[0]!
      // Along the gradient, far enough to change the value by 0.2 %: above float32's rounding, below most corners.
      const step = (0.001 * here.dataSync()[0]!) / slope
      const at = (h: number) => value(tf.add(x, tf.mul(grad, h / slope))).dataSync()[0]!
      return [slope, (at(step) - at(-step)) / (2 * step)]
    })
    expect(difference / slope).toBeCloseTo(1, 2)
  })

  // Without its ReLU a convolution is affine, so its gradient cannot depend on where it is taken.
  it.each(['conv2', 'conv5'])('passes every gradient through the ReLU of %s when it is the generation layer', (layer) => {
    const gradientAt = (level: number, end: EndGradient) =>
      tf.tidy(() => tf.grad((y) => tf.sum(stage(layer).forward(y, end)))(tf.fill([1, 6, 6, 128], level)).dataSync())
    expect(relativeL2(gradientAt(-30, 'generation'), gradientAt(30, 'generation'))).toBe(0)
    expect(relativeL2(gradientAt(-30, 'ordinary'), gradientAt(30, 'generation'))).toBeGreaterThan(0.05)
    const values = (end: EndGradient) => tf.tidy(() => activationsAt(model, layer, noise(), end).dataSync())
    expect(maxAbsDifference(values('generation'), values('ordinary'))).toBe(0)
  })

  it('leaves no tensor behind when an update has been computed twice', () => {
    const update = () => tf.tidy(() => tf.grad((x) => tf.sum(activationsAt(model, 'conv3', x, 'generation')))(noise()).dataSync())
    update()
    const before = tf.memory().numTensors
    update()
    expect(tf.memory().numTensors).toBe(before)
  })

  it.for(['cpu', 'wasm'])('computes the same values and gradients on native TensorFlow and on %s', async (engine, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const native = piece()
    await import(`@tensorflow/tfjs-backend-${engine}`)
    try {
      expect(await tf.setBackend(engine)).toBe(true)
      const other = piece()
      expect(relativeL2(other.value, native.value)).toBeLessThan(1e-5)
      // A unit within rounding of a corner of a ReLU or pool may fall on either side.
      expect(relativeL2(other.gradient, native.gradient)).toBeLessThan(1e-3)
    } finally {
      await tf.setBackend('tensorflow')
    }
  })
})

/** A patch of 44 x 16 through the stages input_bn to pool3, on the engine that is set now. */
function piece() {
  const small = buildMusicnn()
  const steps = small.stages.slice(1, 1 + small.stages.findIndex(({ name }) => name === 'pool3'))
  const through = (x: tf.Tensor) => steps.reduce((y, { forward }) => forward(y, 'ordinary'), x)
  const result = tf.tidy(() => valueAndGradient(through, tf.reshape(tf.add(tf.mul(tf.sin(tf.mul(tf.range(0, 704), 0.37)), 1.5), 2), [1, 44, 16, 1])))
  small.dispose()
  return result
}
