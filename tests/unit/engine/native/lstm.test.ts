import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { lstm } from '../../../../src-main/engine/native/lstm.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

const [batch, steps, cells] = [2, 5, 3]
const wave = (size: number, rate: number, shape: number[]) => tf.reshape(tf.sin(tf.mul(tf.range(0, size), rate)), shape)
const projections = () => wave(batch * steps * 4 * cells, 1.7, [batch, steps, 4 * cells])
const recurrent = () => wave(4 * cells * cells, 0.9, [cells, 4 * cells])

/** Written down step by step, differentiated by tfjs. */
function definition(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  let [state, output]: tf.Tensor[] = [tf.zeros([batch, cells]), tf.zeros([batch, cells])]
  const outputs = Array.from({ length: steps }, (_, t) => {
    const own = tf.reshape(tf.slice(x, [0, t, 0], [batch, 1, 4 * cells]), [batch, 4 * cells])
    const [input, candidate, forget, shown] = tf.split(tf.add(own, tf.matMul(output as tf.Tensor2D, kernel as tf.Tensor2D)), 4, 1)
    state = tf.add(tf.mul(tf.sigmoid(forget!), state!), tf.mul(tf.sigmoid(input!), tf.tanh(candidate!)))
    return (output = tf.mul(tf.sigmoid(shown!), tf.tanh(state)))
  })
  return tf.stack(outputs, 1)
}

describe('lstm', () => {
  beforeAll(async () => void (await loadBackend()))

  it('remembers through its state, as one cell worked out by hand shows', () => {
    // Every gate 0: sigmoid 1/2, candidate tanh(1). State a = tanh(1)/2, then a/2 + a; output tanh(state)/2.
    tf.tidy(() => {
      const y = lstm(tf.tensor3d([[[0, 1, 0, 0], [0, 1, 0, 0]]]), tf.zeros([1, 4])).dataSync()
      const a = Math.tanh(1) / 2
      expect([...y]).toEqual([expect.closeTo(Math.tanh(a) / 2, 6), expect.closeTo(Math.tanh(1.5 * a) / 2, 6)])
    })
  })

  it('has the values and the gradient of its definition', () => {
    tf.tidy(() => {
      const kernel = recurrent()
      const found = valueAndGradient((x) => lstm(x, kernel), projections())
      const expected = valueAndGradient((x) => definition(x, kernel), projections())
      expect(relativeL2(found.value, expected.value)).toBeLessThan(1e-6)
      expect(relativeL2(found.gradient, expected.gradient)).toBeLessThan(1e-5)
    })
  })

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const kernel = recurrent()
      valueAndGradient((x) => lstm(x, kernel), projections())
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
