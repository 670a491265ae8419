import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { customGradient } from '../../../../src-main/engine/native/customGradient.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

beforeAll(async () => void (await loadBackend()))

describe('customGradient', () => {
  /** Squares, and tells whether what it saved and got was still there when its gradient was asked for. */
  const square = (x: tf.Tensor, met: tf.Tensor[][]): tf.Tensor =>
    customGradient(x, (input, save) => {
      save([input])
      return {
        value: tf.square(input),
        gradFunc: (dy, saved) => {
          met.push([dy, ...saved])
          return tf.mul(dy, tf.mul(saved[0]!, 2))
        },
      }
    })

  it('lets go what a layer saved, and its gradient, before the next layer\'s is taken', () => {
    const met: tf.Tensor[][] = []
    const disposed: boolean[] = []
    const watched = (x: tf.Tensor) => customGradient(x, (input) => ({
      value: tf.clone(input),
      gradFunc: (dy) => {
        disposed.push(...met[0]!.map((tensor) => tensor.isDisposed))
        return tf.clone(dy)
      },
    }))
    const gradient = tf.grad((x) => tf.sum(square(watched(x), met)))(tf.tensor1d([1, -2, 3]))
    expect(Array.from(gradient.dataSync())).toEqual([2, -4, 6])
    expect(disposed).toEqual([true, true])
  })

  it('leaves alone the input of a layer, which others may have saved as well', () => {
    const x = tf.tensor1d([1, 2])
    const gradient = tf.grad((z) => tf.add(tf.sum(square(z, [])), tf.sum(square(z, []))))(x)
    expect(Array.from(gradient.dataSync())).toEqual([4, 8])
    expect(Array.from(x.dataSync())).toEqual([1, 2])
  })

  it('leaves no tensor behind', () => {
    const x = tf.tensor1d([1, 2])
    const before = tf.memory().numTensors
    tf.grad((z) => tf.sum(square(square(z, []), [])))(x).dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
