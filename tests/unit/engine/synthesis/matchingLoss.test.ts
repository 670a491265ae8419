import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { matchingLoss } from '../../../../src-main/engine/synthesis/matchingLoss.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

beforeAll(async () => void (await loadBackend()))

const a = [1, 2, -3, 0]
const target = [0, 2, 1, 0.5]

function lossAndGradient(normalisation: 'none' | 'elements'): { loss: number; gradient: number[] } {
  return tf.tidy(() => {
    const f = tf.valueAndGrad((x: tf.Tensor) => matchingLoss(x, tf.tensor2d(target, [1, 4]), normalisation))
    const { value, grad } = f(tf.tensor2d(a, [1, 4]))
    return { loss: value.dataSync()[0]!, gradient: Array.from(grad.dataSync()) }
  })
}

describe('matchingLoss', () => {
  it('is half the sum of squared differences, its gradient the difference', () => {
    // differences 1, 0, -4, -0.5: (1 + 16 + 0.25) / 2
    expect(lossAndGradient('none')).toEqual({ loss: 8.625, gradient: [1, 0, -4, -0.5] })
  })

  it('is divided by the number of elements on request', () => {
    expect(lossAndGradient('elements')).toEqual({ loss: 8.625 / 4, gradient: [0.25, 0, -1, -0.125] })
  })

  it('sums many values of several signals as float64 does', () => {
    const [n, signals] = [100_003, 3]
    const [x, wanted] = [0.7, 0.3].map((step) => Float32Array.from({ length: n * signals }, (_, i) => 40 * Math.sin(step * i))) as [Float32Array, Float32Array]
    const losses = tf.tidy(() => matchingLoss(tf.tensor(x, [signals, n]), tf.tensor(wanted, [signals, n]), 'none').dataSync())
    for (let s = 0; s < signals; s++) {
      let sum = 0
      for (let i = s * n; i < (s + 1) * n; i++) sum += (x[i]! - wanted[i]!) ** 2
      expect(Math.abs(losses[s]! / (sum / 2) - 1)).toBeLessThan(1e-6)
    }
  })

  it('refuses activations of another shape than the target, and leaves no tensor behind', () => {
    expect(() => tf.tidy(() => matchingLoss(tf.zeros([1, 3]), tf.zeros([1, 4]), 'none'))).toThrow('matching loss')
    lossAndGradient('none')
    const before = tf.memory().numTensors
    lossAndGradient('none')
    expect(tf.memory().numTensors).toBe(before)
  })
})
