import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { activationsAt } from '../../src-main/engine/models/model.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../helpers/data.ts'
import { buildEfficientNet } from '../helpers/efficientNet.ts'

/** Logits, and the gradient of a loss at block4, of a picture of 32 x 32 pixels on the engine that is set now. */
function compute(): { logits: Float32Array; gradient: Float32Array } {
  const model = buildEfficientNet()
  const result = tf.tidy(() => {
    const x = tf.reshape(tf.add(tf.mul(tf.sin(tf.mul(tf.range(0, 32 * 32 * 3), 0.37)), 0.4), 0.5), [1, 32, 32, 3])
    const gradient = tf.grad((y) => tf.sum(tf.square(activationsAt(model, 'block4', y))))(x)
    return { logits: activationsAt(model, 'logits', x).dataSync() as Float32Array, gradient: gradient.dataSync() as Float32Array }
  })
  model.dispose()
  return result
}

describe('EfficientNet-Lite0', () => {
  let native: ReturnType<typeof compute> | null = null
  beforeAll(async () => {
    const info = await loadBackend()
    if (info.backend === 'tensorflow') native = compute()
    await import('@tensorflow/tfjs-backend-cpu')
    await import('@tensorflow/tfjs-backend-wasm')
  })

  it.for(['cpu', 'wasm'])('computes the same values and gradients on native TensorFlow and on %s', async (engine, context) => {
    context.skip(!native, 'needs native TensorFlow')
    expect(await tf.setBackend(engine)).toBe(true)
    const { logits, gradient } = compute()
    expect(relativeL2(logits, native!.logits)).toBeLessThan(1e-5)
    // A unit within rounding of a corner of ReLU6 may fall on either side.
    expect(relativeL2(gradient, native!.gradient)).toBeLessThan(1e-3)
  })
})
