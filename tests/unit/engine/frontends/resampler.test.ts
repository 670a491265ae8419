import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { resample } from '../../../../src-main/engine/frontends/resample.ts'
import { createResampler } from '../../../../src-main/engine/frontends/resampler.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'

const noise = (samples: number, seed: number) => {
  const random = createRandom(seed, 'test noise')
  return Float32Array.from({ length: samples }, () => random.normal())
}

describe('createResampler', () => {
  beforeAll(async () => void (await loadBackend()))

  it.each([
    [20_000, 16_000, 2000],
    [16_000, 20_000, 1600],
    [8000, 16_000, 800],
    [44_100, 16_000, 4410],
  ])('gives from %i to %i Hz what resampling beforehand gives, for each sound of a batch', (fromHz, toHz, samples) => {
    const resampler = createResampler(samples, fromHz, toHz)
    const waves = [noise(samples, 1), noise(samples, 2)]
    const found = tf.tidy(() => resampler.forward(tf.stack(waves.map((w) => tf.tensor1d(w)))).arraySync()) as number[][]
    resampler.dispose()
    expect(found.map((sound) => sound.length)).toEqual([resampler.samples, resampler.samples])
    // The other interpolates its filter from a table: off by at most 1e-6.
    waves.forEach((w, i) => expect(relativeL2(found[i]!, resample(w, fromHz, toHz))).toBeLessThan(1e-5))
  })

  it('has its transpose as gradient', () => {
    // <y, R x> = <R'y, x>
    const resampler = createResampler(1000, 20_000, 16_000)
    const [x, y] = [noise(1000, 1), noise(800, 2)]
    const [forwards, backwards] = tf.tidy(() => [
      tf.sum(tf.mul(resampler.forward(tf.tensor2d(x, [1, 1000])), tf.tensor2d(y, [1, 800]))).dataSync()[0]!,
      tf.sum(tf.mul(tf.grad((z) => resampler.forward(z))(tf.zeros([1, 1000]), tf.tensor2d(y, [1, 800])), tf.tensor2d(x, [1, 1000]))).dataSync()[0]!,
    ])
    resampler.dispose()
    expect(Math.abs(forwards! - backwards!)).toBeLessThan(1e-3)
    expect(Math.abs(forwards!)).toBeGreaterThan(1)
  })

  it('passes a sound on at its own rate', () => {
    const resampler = createResampler(7, 16_000, 16_000)
    tf.tidy(() => {
      const wave = tf.ones([1, 7])
      expect(resampler.forward(wave)).toBe(wave)
    })
  })

  it('refuses a sound that is no whole number of samples afterwards', () => {
    expect(() => createResampler(40_001, 20_000, 16_000)).toThrow(
      new ShapeError('40001 samples at 20000 Hz are not a whole number at 16000 Hz. Choose a length that 5 divides.'),
    )
  })
})
