import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { createCochleagramFrontEnd, createFrontEnd, type CochleagramMethod } from '../../../../src-main/engine/frontends/cochleagram.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

const small = { samples: 4000, sampleRateHz: 20_000, envelopeRateHz: 200, taps: 1001, filters: 6, sampleFactor: 2, lowestHz: 50, highestHz: 8000 }
const noise = (batch: number, level: number, seed = 1) => {
  const random = createRandom(seed, 'test noise')
  return tf.tensor2d(Float32Array.from({ length: batch * small.samples }, () => level * random.normal()), [batch, small.samples])
}

describe('cochleagram', () => {
  beforeAll(async () => void (await loadBackend()))

  it('refuses a sound of another length and says which it takes', () => {
    const frontEnd = createCochleagramFrontEnd({ filters: 50 })
    const wave = tf.zeros([1, 39_999])
    expect(() => frontEnd.forward(wave)).toThrow(ShapeError)
    expect(() => frontEnd.forward(wave)).toThrow(
      'The cochleagram takes sounds of 40000 samples, [batch, 40000]; this one is [1, 39999]. Cut or pad it to that length first.',
    )
    wave.dispose()
  })

  it('refuses sizes that do not divide', () => {
    expect(() => createFrontEnd({ ...small, samples: 4050 })).toThrow(
      '4050 samples at 20000 Hz are not a whole number of envelope values at 200 Hz. Choose a length and rates that divide evenly.',
    )
  })

  it.each([[50, 211], [40, 171]] as const)('has from %i filters %i rows of 400 values and allocates nothing before its first use', (filters, rows) => {
    const before = tf.memory().numTensors
    const frontEnd = createCochleagramFrontEnd({ filters })
    expect(frontEnd).toMatchObject({ rows, columns: 400, samples: 40_000, sampleRateHz: 20_000, envelopeRateHz: 200 })
    expect(frontEnd.frequenciesHz.length).toBe(rows)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each([['exact', 1e-5, 1e-4], ['reduced', 1e-4, 1e-2]] as const)(
    'agrees between its methods "plain" and "%s", in value and gradient, for a batch', (method, inValue, inGradient) => {
      const wave = noise(2, 0.1)
      const [found, plain] = [run(method, wave), run('plain', wave)]
      wave.dispose()
      expect(relativeL2(found.value, plain.value)).toBeLessThan(inValue)
      expect(relativeL2(found.gradient, plain.gradient)).toBeLessThan(inGradient)
    },
  )

  it('refuses the reduced-rate method for a few columns', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const frontEnd = createFrontEnd({ ...small, samples: 2000 }, 'reduced')
    expect(() => tf.tidy(() => frontEnd.forward(tf.zeros([1, 2000])))).toThrow(
      '20 envelope values are too few for the reduced-rate method, which needs more than 26. Use the exact method.',
    )
  })
})

describe.each<CochleagramMethod>(['exact', 'reduced', 'plain'])('cochleagram, %s', (method) => {
  beforeAll(async () => void (await loadBackend()))

  it('takes the sounds of a batch one for one', () => {
    const wave = noise(2, 0.1)
    const both = run(method, wave)
    const single = tf.tidy(() => tf.unstack(wave).map((item) => tf.keep(tf.expandDims(item))))
    const values = single.map((item) => Array.from(run(method, item).value))
    tf.dispose([wave, ...single])
    expect(relativeL2(both.value, values.flat())).toBeLessThan(1e-6)
  })

  it('has the gradient that finite differences show where the slope is not clipped', () => {
    // Loud noise: every envelope lies where the slope of the power is far below 1.
    const wave = noise(1, 100)
    const direction = noise(1, 100, 2)
    const { gradient } = run(method, wave)
    const slope = tf.tidy(() => tf.sum(tf.mul(tf.reshape(tf.tensor1d(gradient), wave.shape), direction)).dataSync()[0]!)
    const at = (step: number) => {
      const moved = tf.tidy(() => tf.add(wave, tf.mul(direction, step)))
      const { value } = run(method, moved)
      moved.dispose()
      return value.reduce((sum, y, i) => sum + y * Math.sin(i), 0)
    }
    const step = 2e-3
    expect(Math.abs((at(step) - at(-step)) / (2 * step) / slope - 1)).toBeLessThan(1e-3)
    tf.dispose([wave, direction])
  })

  it('has a gradient of zero, not NaN, for silence', () => {
    const silence = tf.zeros([1, small.samples])
    const { value, gradient } = run(method, silence)
    silence.dispose()
    expect(value.every((y) => y === 0)).toBe(true)
    expect(gradient.every((g) => g === 0)).toBe(true)
  })

  it('leaves no tensor behind once disposed', () => {
    const wave = noise(1, 0.1)
    const before = tf.memory().numTensors
    const frontEnd = createFrontEnd(small, method)
    valueAndGradient((x) => frontEnd.forward(x), wave)
    const during = tf.memory().numTensors
    valueAndGradient((x) => frontEnd.forward(x), wave)
    expect(tf.memory().numTensors).toBe(during)
    frontEnd.dispose()
    expect(tf.memory().numTensors).toBe(before)
    wave.dispose()
  })
})

function run(method: CochleagramMethod, wave: tf.Tensor): { value: Float32Array; gradient: Float32Array } {
  const frontEnd = createFrontEnd(small, method)
  const result = valueAndGradient((x) => frontEnd.forward(x), wave)
  frontEnd.dispose()
  return result
}
