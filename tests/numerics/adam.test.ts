import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { learningRateAt } from '../../src-main/domain/protocol.ts'
import { createAdam, createPlainAdam, type Adam, type AdamSettings } from '../../src-main/engine/native/adam.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readJson } from '../helpers/data.ts'

type Steps = Record<string, number[]>
const golden = readJson<{ unconstrained: Steps; clamped_0_1: Steps }>(dataPath('golden/adam_decay.json')!)
const cases: Array<[string, Steps, [number, number] | null]> = [
  ['free', golden.unconstrained, null],
  ['clamped to [0, 1]', golden.clamped_0_1, [0, 1]],
]

describe.each([['the fastest this engine has', createAdam], ['the plain twin', createPlainAdam]] as const)('adam, %s', (_, create) => {
  beforeAll(async () => void (await loadBackend()))

  it.each(cases)('follows the published path, %s', (_name, steps, bounds) => {
    const adam = create(quadratic(bounds))
    for (let i = 0; i < Math.max(...Object.keys(steps).map(Number)); i++) {
      step(adam, i)
      const expected = steps[i + 1]
      if (!expected) continue
      // The second tolerance allows for float32 against float64 over many steps.
      expect(maxAbsDifference(adam.signal.dataSync(), expected)).toBeLessThan(i < 10 ? 1e-5 : 1e-3)
    }
    adam.dispose()
  })
})

function quadratic(bounds: [number, number] | null): AdamSettings {
  return { initial: Float32Array.of(0, 0, 0.9), shape: [3], beta1: 0.9, beta2: 0.999, epsilon: 1e-8, bounds }
}

/** One step on 0.5*sum(a*(x-t)^2): the gradient is a*(x-t). */
function step(adam: Adam, i: number): void {
  tf.tidy(() => {
    const gradient = tf.mul([4, 0.5, 1], tf.sub(adam.signal, [1, -2, 0.25]))
    adam.apply(gradient, learningRateAt({ decayPer1000: 0.95 }, 0.01, i))
  })
}
