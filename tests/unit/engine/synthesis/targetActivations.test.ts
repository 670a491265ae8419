import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { targetActivations } from '../../../../src-main/engine/synthesis/targetActivations.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { toyModel } from '../../../helpers/toyModel.ts'

beforeAll(async () => void (await loadBackend()))

describe('targetActivations', () => {
  it("gives the reference's activations at the layer and nothing else to dispose", () => {
    const x = tf.fill([1, 4, 4, 3], 0.75)
    const before = tf.memory().numTensors
    const target = targetActivations(toyModel(), 'rectified', x)
    // 2 x 0.75 - 1 = 0.5; the columns of toyMixing add up to 0.5, 0.5, -0.5
    expect(Array.from(target.dataSync()).slice(0, 3)).toEqual([0.25, 0.25, 0])
    expect(target.shape).toEqual([1, 4, 4, 3])
    expect(tf.memory().numTensors).toBe(before + 1)
    tf.dispose([target, x])
  })
})
