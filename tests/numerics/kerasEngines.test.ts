import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { activationsAt } from '../../src-main/engine/models/model.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../helpers/data.ts'

/** Values, and the gradient of their squares, of a small picture on the engine that is set now. */
function compute(network: string, layer: string, side: number): { values: Float32Array; gradient: Float32Array } {
  const model = buildModel(network)
  const result = tf.tidy(() => {
    const x = tf.reshape(tf.add(tf.mul(tf.sin(tf.mul(tf.range(0, side * side * 3), 0.37)), 0.4), 0.5), [1, side, side, 3])
    const gradient = tf.grad((y) => tf.sum(tf.square(activationsAt(model, layer, y))))(x)
    return { values: activationsAt(model, layer, x).dataSync() as Float32Array, gradient: gradient.dataSync() as Float32Array }
  })
  model.dispose()
  return result
}

const cases: [network: string, layer: string, side: number][] = [
  ['inception-v3', 'Mixed_5b', 47],
  ['resnet-101-v2', 'block1', 30],
]
const engines = ['cpu', 'wasm']

let native: ReturnType<typeof compute>[] | null = null
beforeAll(async () => {
  const info = await loadBackend()
  if (info.backend === 'tensorflow') native = cases.map((each) => compute(...each))
  await import('@tensorflow/tfjs-backend-cpu')
  await import('@tensorflow/tfjs-backend-wasm')
})

it.for(engines.flatMap((engine) => cases.map((each, i) => ({ engine, each, i, network: each[0] }))))(
  'computes the same values and gradients of $network on native TensorFlow and on $engine', async ({ engine, each, i }, context) => {
    context.skip(!native, 'needs native TensorFlow')
    expect(await tf.setBackend(engine)).toBe(true)
    const { values, gradient } = compute(...each)
    expect(relativeL2(values, native![i]!.values)).toBeLessThan(1e-5)
    // A unit within rounding of a corner of a ReLU may fall on either side.
    expect(relativeL2(gradient, native![i]!.gradient)).toBeLessThan(1e-3)
  },
)
