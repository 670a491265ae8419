import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { createAdam, createKernelAdam, createPlainAdam, type Adam, type AdamSettings } from '../../../../src-main/engine/native/adam.ts'
import { installedKernels } from '../../../../src-main/engine/native/kernels.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { maxAbsDifference } from '../../../helpers/data.ts'

const size = 1003

describe('adam', () => {
  beforeAll(async () => void (await loadBackend()))

  it('refuses a start that does not fill the shape, and says what to start from', () => {
    expect(() => createAdam({ ...settings(), initial: new Float32Array(4) })).toThrow(ShapeError)
    expect(() => createAdam({ ...settings(), state: { m: new Float32Array(4), v: new Float32Array(size), update: 1 } })).toThrow(
      "Adam's m has 4 values; shape [1, 17, 59] needs 1003. Start from a signal of the network's input size, or from a checkpoint of the same run.",
    )
  })

  it.each([['here', createAdam], ['plain', createPlainAdam]] as const)('goes on from a state bit for bit (%s)', (_, create) => {
    const whole = create(settings())
    steps(whole, 0, 20)
    const first = create(settings())
    steps(first, 0, 9)
    const { signal, m, v, update } = first.state()
    const rest = create({ ...settings(), initial: signal, state: { m, v, update } })
    steps(rest, 9, 20)
    expect(rest.state()).toEqual(whole.state())
    expect(update).toBe(9)
    for (const adam of [whole, first, rest]) adam.dispose()
  })

  it('agrees with its plain twin', (context) => {
    context.skip(installedKernels() === null, 'needs the compiled kernels')
    const [kernel, plain] = [createKernelAdam(settings()), createPlainAdam(settings())]
    steps(kernel, 0, 20)
    steps(plain, 0, 20)
    for (const name of ['signal', 'm', 'v'] as const) {
      expect(maxAbsDifference(kernel.state()[name], plain.state()[name])).toBeLessThan(1e-5)
    }
    kernel.dispose()
    plain.dispose()
  })

  it.each([['here', createAdam], ['plain', createPlainAdam]] as const)('changes nothing where a gradient, or its square, is not finite (%s)', (_, create) => {
    const adam = create(settings())
    steps(adam, 0, 2)
    const before = adam.state()
    for (const wrong of [NaN, Infinity, -Infinity, 3e38]) {
      for (const at of [0, size - 1]) {
        const gradient = Float32Array.from({ length: size }, (__, i) => (i === at ? wrong : 0.1))
        expect(tf.tidy(() => adam.apply(tf.tensor(gradient, [1, 17, 59]), 0.01))).toBe(false)
      }
    }
    expect(adam.state()).toEqual(before)
    adam.dispose()
  })

  it('keeps the shape, leaves the start alone, and does not let two signals mix', () => {
    const start = settings()
    const [a, b] = [createAdam(start), createAdam(start)]
    steps(a, 0, 3)
    expect(a.signal.shape).toEqual([1, 17, 59])
    expect(Array.from(b.signal.dataSync())).toEqual(Array.from(start.initial))
    expect(start.initial).toEqual(settings().initial)
    a.dispose()
    b.dispose()
  })

  it.each([['here', createAdam], ['plain', createPlainAdam]] as const)('leaves no tensor behind (%s)', (_, create) => {
    const before = tf.memory().numTensors
    const adam = create(settings())
    steps(adam, 0, 2)
    const during = tf.memory().numTensors
    steps(adam, 2, 4)
    expect(tf.memory().numTensors).toBe(during)
    adam.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

function settings(): AdamSettings {
  return {
    initial: Float32Array.from({ length: size }, (_, i) => 0.5 + 0.4 * Math.sin(i)),
    shape: [1, 17, 59], beta1: 0.9, beta2: 0.999, epsilon: 1e-8, bounds: [0.2, 0.8],
  }
}

function steps(adam: Adam, from: number, to: number): void {
  for (let i = from; i < to; i++) tf.tidy(() => adam.apply(tf.sin(tf.add(tf.mul(adam.signal, 40), i)), 0.01))
}
