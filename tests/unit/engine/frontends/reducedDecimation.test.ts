import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createBlockDecimation, type BlockDecimation } from '../../../../src-main/engine/frontends/blockDecimation.ts'
import { createReducedDecimation } from '../../../../src-main/engine/frontends/reducedDecimation.ts'
import { designSubbands } from '../../../../src-main/engine/frontends/subbandEnvelopes.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { maxAbsDifference } from '../../../helpers/data.ts'

const design = designSubbands({
  samples: 4000, sampleRateHz: 20_000, envelopeRateHz: 200, taps: 1001, filters: 6, sampleFactor: 2, lowestHz: 50, highestHz: 8000,
})
const length = 800
const wave = (periods: number, values: number) => Float32Array.from({ length: values }, (_, t) => 1 + Math.cos((2 * Math.PI * periods * t) / values + 1))

describe('reduced decimation', () => {
  beforeAll(async () => void (await loadBackend()))

  it('gives what the full-rate filter gives for the same signal at the full rate, borders included', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const full = createBlockDecimation(design.antiAlias, design.factor, design.zerosBefore, design.columns)
    const reduced = createReducedDecimation(design, length)
    for (const periods of [0, 3, 17, 60, 300]) {
      expect(maxAbsDifference(apply(reduced, wave(periods, length)), apply(full, wave(periods, 4000)))).toBeLessThan(2e-4)
    }
    full.dispose()
    reduced.dispose()
  })

  it('has a transpose that is one: <A s, y> equals <s, A^T y>', (context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const decimation = createReducedDecimation(design, length)
    const [left, right] = tf.tidy(() => {
      const signal = tf.sin(tf.square(tf.reshape(tf.range(0, 2 * length), [2, length])))
      const dy = tf.cos(tf.square(tf.reshape(tf.range(0, 2 * design.columns), [2, design.columns])))
      const products = [tf.mul(decimation.apply(signal), dy), tf.mul(signal, decimation.transpose(dy))]
      return products.map((product) => tf.sum(product).dataSync()[0]!)
    })
    expect(left).toBeCloseTo(right!, 4)
    decimation.dispose()
  })
})

function apply(decimation: BlockDecimation, signal: Float32Array): Float32Array {
  return tf.tidy(() => decimation.apply(tf.tensor2d(signal, [1, signal.length])).dataSync() as Float32Array)
}
