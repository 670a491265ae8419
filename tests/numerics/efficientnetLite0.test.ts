import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activationsAt, activationsOfAllStages, type StagedModel } from '../../src-main/engine/models/model.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readFloat32, readJson, relativeL2 } from '../helpers/data.ts'
import { buildEfficientNet } from '../helpers/efficientNet.ts'

/**
 * Golden values: the package's own PyTorch code and weights, float64, rounded to float32; confirmed by a second
 * build with TensorFlow operations. Tolerances as proposed with them.
 */
interface GoldenStage {
  shape: number[]
  mean: number
  std: number
  l2: number
  min: number
  max: number
  indices: number[]
  values: number[]
}

let model: StagedModel
beforeAll(async () => {
  await loadBackend()
  model = buildEfficientNet()
})
afterAll(() => model.dispose())

function golden(name: string): string | null {
  return dataPath(`golden/efficientnet_lite0_${name}`)
}
function input(picture: string): tf.Tensor {
  return tf.tensor(readFloat32(golden(`${picture}_input.f32`)!), [1, 224, 224, 3])
}

describe.each(['cat', 'coffee', 'airplane', 'hummingbird'])('EfficientNet-Lite0 on the golden picture "%s"', (picture) => {
  const here = golden(`${picture}_input.f32`) !== null

  it.skipIf(!here)('gives the golden activations at every stage (needs the golden input)', () => {
    const { stages } = readJson<{ stages: Record<string, GoldenStage> }>(golden(`${picture}_stages.json`)!)
    const activations = tf.tidy(() => activationsOfAllStages(model, input(picture)))
    model.stages.forEach((stage, i) => {
      const expected = stages[stage.name]
      if (!expected) return expect(stage.name).toBe('logits')
      expect(stage.shape, stage.name).toEqual(expected.shape)
      const values = activations[i]!
      const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
      expect(Math.abs(norm / expected.l2 - 1), `norm of ${stage.name}`).toBeLessThan(1e-5)
      expect(maxAbsDifference(expected.indices.map((index) => values[index]!), expected.values), stage.name).toBeLessThan(1e-3)
      expect(values.reduce((a, b) => a + b, 0) / values.length, `mean of ${stage.name}`).toBeCloseTo(expected.mean, 4)
    })
  })

  it.skipIf(!here)('gives the golden logits, the same five on top (needs the golden input)', () => {
    const logits = tf.tidy(() => activationsAt(model, 'logits', input(picture)).dataSync())
    const expected = readFloat32(golden(`${picture}_logits.f32`)!)
    expect(relativeL2(logits, expected)).toBeLessThan(1e-4)
    expect(maxAbsDifference(logits, expected)).toBeLessThan(1e-3)
    const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!)
    expect(order.slice(0, 5)).toEqual(readJson<{ top5: number[] }>(golden(`${picture}_logits.json`)!).top5)
  })
})

describe.each([
  // Single units within rounding of a corner of ReLU6 fall on the other side: 7e-4 in the notes to the golden values.
  ['coffee_from_cat', 3e-3],
  ['cat_from_coffee', 1e-4],
  ['hummingbird_from_airplane', 1e-3],
])('EfficientNet-Lite0, golden gradient "%s"', (name, tolerance) => {
  const file = golden(`${name}_grad.f32`)

  it.skipIf(!file)('has the golden loss and gradient (needs the golden gradient)', () => {
    const { stage, x, reference, loss } = readJson<{ stage: string; x: string; reference: string; loss: number }>(golden(`${name}_grad.json`)!)
    const [value, gradient] = tf.tidy(() => {
      const picture = (file: string) => tf.tensor(readFloat32(dataPath(`golden/${file}`)!), [1, 224, 224, 3])
      const target = activationsAt(model, stage, picture(reference))
      const halfSquares = (y: tf.Tensor) => tf.mul(tf.sum(tf.square(tf.sub(y, target))), 0.5) as tf.Scalar
      const result = tf.valueAndGrad((y) => halfSquares(activationsAt(model, stage, y)))(picture(x))
      return [result.value.dataSync()[0]!, result.grad.dataSync()] as const
    })
    expect(Math.abs(value / loss - 1)).toBeLessThan(1e-5)
    expect(relativeL2(gradient, readFloat32(file!))).toBeLessThan(tolerance)
  })
})

describe('the generation gradient of EfficientNet-Lite0', () => {
  it.each(['stem', 'head'])('leaves the values of %s as they are, bit for bit', (layer) => {
    const [ordinary, generation] = tf.tidy(() => {
      const x = input('cat')
      return [activationsAt(model, layer, x, 'ordinary').dataSync(), activationsAt(model, layer, x, 'generation').dataSync()]
    })
    expect(maxAbsDifference(generation!, ordinary!)).toBe(0)
  })

  // Without its ReLU6 the last step of a stage is affine, so its gradient cannot depend on where it is taken.
  it.each([
    ['stem', [1, 32, 32, 3]],
    ['head', [1, 4, 4, 320]],
  ])('passes every gradient through the ReLU6 of %s, silent and saturated units included', (name, shape) => {
    const stage = model.stages.find((s) => s.name === name)!
    const gradientAt = (level: number, end: 'ordinary' | 'generation') =>
      tf.tidy(() => tf.grad((x) => tf.sum(stage.forward(x, end)))(tf.fill(shape, level)).dataSync())
    const [low, high] = [gradientAt(-30, 'generation'), gradientAt(30, 'generation')]
    expect(relativeL2(low, high)).toBe(0)
    expect(relativeL2(gradientAt(-30, 'ordinary'), high)).toBeGreaterThan(0.1)
  })
})

it('EfficientNet-Lite0 leaves no tensor behind when an update has been computed twice', () => {
  const update = () => tf.tidy(() => tf.grad((x) => tf.sum(activationsAt(model, 'block4', x, 'generation')))(input('cat')).dataSync())
  update()
  const before = tf.memory().numTensors
  update()
  expect(tf.memory().numTensors).toBe(before)
})
