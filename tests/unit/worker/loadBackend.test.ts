import { beforeAll, describe, expect, it } from 'vitest'
import * as tf from '@tensorflow/tfjs-core'
import { loadBackend } from '../../../src-main/worker/loadBackend.ts'

describe('loadBackend', () => {
  let info: Awaited<ReturnType<typeof loadBackend>>
  beforeAll(async () => {
    info = await loadBackend()
  })

  it('gives the engine one shared copy of tfjs, so that gradients run on the engine it reports', () => {
    expect(tf.getBackend()).toBe(info.backend)
    const grad = tf.grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([1, -2]))
    expect(Array.from(grad.dataSync())).toEqual([2, -4])
  })
})
