import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { timeOperations } from '../../../../src-main/engine/native/timeOperations.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

const clock = (): number => performance.now()

beforeAll(async () => void (await loadBackend()))

it('timeOperations counts calls by operation and shape, and none after the work has ended', (context) => {
  context.skip(!isNative(), 'needs native TensorFlow')
  const work = (): void => tf.tidy(() => void tf.matMul(tf.ones([3, 2]), tf.ones([2, 5])).dataSync())
  const times = timeOperations(() => (work(), work()), clock)
  work()
  const product = times.find(({ operation }) => operation.includes('MatMul'))!
  expect(product).toMatchObject({ shape: [3, 5], calls: 2 })
  expect(product.ms).toBeGreaterThan(0)
  expect(times.map(({ ms }) => ms)).toEqual(times.map(({ ms }) => ms).toSorted((a, b) => b - a))
})

it('timeOperations gives the engine back after work that fails', (context) => {
  context.skip(!isNative(), 'needs native TensorFlow')
  const { binding } = tf.backend() as unknown as { binding: object }
  expect(() => timeOperations(() => { throw new Error('no') }, clock)).toThrow('no')
  expect((tf.backend() as unknown as { binding: object }).binding).toBe(binding)
})

it('timeOperations refuses other engines with the cure', (context) => {
  context.skip(isNative(), 'needs another engine')
  expect(() => timeOperations(() => undefined, clock)).toThrow('Only native TensorFlow can be profiled')
})
