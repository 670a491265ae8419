import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { tidyNumbers } from '../../../../src-main/engine/support/tidyNumbers.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

describe('tidyNumbers', () => {
  beforeAll(async () => void (await loadBackend()))

  it('brings numbers out and leaves no tensor behind', () => {
    const before = tf.memory().numTensors
    expect([...tidyNumbers(() => tf.mul(tf.tensor([1, 2]), 3).dataSync())]).toEqual([3, 6])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('does not walk through what it brings out', () => {
    const watched = new Proxy(new Float32Array(3), { ownKeys: () => expect.unreachable('it looked inside') })
    expect(tidyNumbers(() => watched)).toBe(watched)
  })
})
