import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { matMul, matMulNative, matMulPlain } from '../../../../src-main/engine/native/matMul.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

describe('matMul', () => {
  beforeAll(async () => void (await loadBackend()))

  it('sends each gradient back along the weights', () => {
    // Outputs a+3b and 2a+4b; gradient of 5*first + 7*second is [5+14, 15+28].
    tf.tidy(() => {
      const weights = tf.tensor2d([[1, 2], [3, 4]])
      const gradient = tf.grad((x) => matMul(x, weights))(tf.tensor2d([[1, 1]]), tf.tensor2d([[5, 7]]))
      expect([...gradient.dataSync()]).toEqual([19, 43])
    })
  })

  it.for([1, 2, 8, 9])('agrees with its plain twin, %i rows', (rows, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    tf.tidy(() => {
      const weights = tf.reshape(tf.sin(tf.range(0, 70 * 30)), [70, 30])
      const x = tf.reshape(tf.cos(tf.range(0, rows * 70)), [rows, 70])
      const native = valueAndGradient((z) => matMulNative(z, weights), x)
      const plain = valueAndGradient((z) => matMulPlain(z, weights), x)
      expect(relativeL2(native.value, plain.value)).toBeLessThan(1e-6)
      expect(relativeL2(native.gradient, plain.gradient)).toBeLessThan(1e-6)
    })
  })
})
