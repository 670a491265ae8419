import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createKernelEnvelopes } from '../../src-main/engine/frontends/kernelEnvelopes.ts'
import { createExactEnvelopes } from '../../src-main/engine/frontends/nativeEnvelopes.ts'
import { designSubbands } from '../../src-main/engine/frontends/subbandEnvelopes.ts'
import { installedKernels, type EnvelopesKernelDesign } from '../../src-main/engine/native/kernels.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../helpers/data.ts'

// One second at 8 kHz: other lengths, rates and numbers of rows than the networks have.
const design = designSubbands({
  samples: 8000, sampleRateHz: 8000, envelopeRateHz: 100, taps: 401, filters: 13, sampleFactor: 2, lowestHz: 50, highestHz: 3500,
})
const random = createRandom(4)
const wave = Float32Array.from({ length: 8000 }, () => random.uniform() - 0.5)
const rows = design.filterbank.rows.length
const dy = Float32Array.from({ length: rows * design.columns }, () => random.uniform() - 0.5)

beforeAll(async () => void (await loadBackend()))
beforeEach((context) => context.skip(installedKernels() === null, 'needs the compiled kernels'))

describe('the envelope kernels', () => {
  const analysed = (threads: number) => tf.tidy(() => {
    const { envelopes, kept, gradient } = createKernelEnvelopes(design, { ...installedKernels()!, threads }).analyse(tf.tensor1d(wave))
    return { values: envelopes.dataSync(), back: gradient(tf.tensor2d(dy, [rows, design.columns]), kept).dataSync() }
  })

  it('agree with the transforms at the full rate for a design of other sizes', () => {
    const expected = tf.tidy(() => {
      const { envelopes, kept, gradient } = createExactEnvelopes(design).analyse(tf.tensor1d(wave))
      return { values: envelopes.dataSync(), back: gradient(tf.tensor2d(dy, [rows, design.columns]), kept).dataSync() }
    })
    const found = analysed(2)
    expect(relativeL2(found.values, expected.values)).toBeLessThan(1e-4)
    expect(relativeL2(found.back, expected.back)).toBeLessThan(1e-2)
  })

  it('give the same numbers, to the bit, on any number of threads', () => {
    const [one, four] = [analysed(1), analysed(4)]
    expect(four.values).toEqual(one.values)
    expect(four.back).toEqual(one.back)
  })

  it('have a gradient that is the derivative, by differences', () => {
    const { values, back } = analysed(1)
    const scalar = (of: ArrayLike<number>) => dy.reduce((sum, weight, i) => sum + weight * of[i]!, 0)
    const direction = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i * 0.37))
    const step = 2e-3
    const { kernels, threads } = installedKernels()!
    const handle = kernels.makeEnvelopes(handMade())
    const at = (sign: number) => scalar(kernels.forward(handle, wave.map((v, i) => v + sign * step * direction[i]!), threads))
    const own = kernels.backward(handle, wave, dy, threads)
    const slope = direction.reduce((sum, d, i) => sum + d * own[i]!, 0)
    expect((at(1) - at(-1)) / (2 * step) / slope).toBeCloseTo(1, 2)
    expect(values.length + back.length).toBe(rows * design.columns + 8000)
  })

  it('are silent for silence, and so is their gradient', () => {
    const { kernels, threads } = installedKernels()!
    const handle = kernels.makeEnvelopes(handMade())
    expect(Math.max(...kernels.forward(handle, new Float32Array(8000), threads))).toBe(0)
    expect(Math.max(...kernels.backward(handle, new Float32Array(8000), dy, threads).map(Math.abs))).toBe(0)
  })

  it.each<[string, (design: EnvelopesKernelDesign) => void, RegExp]>([
    ['a sound of a length they have no transform for', (d) => void (d.samples = 8002), /length is not 16 times/],
    ['a filter beyond the spectrum', (d) => void (d.groups[0]!.rows[0]!.start = 3999), /beyond the spectrum/],
    ['taps that do not fit the rate', (d) => void (d.groups[0]!.taps = new Float32Array(3)), /a filter has 3 values and needs/],
    ['no rows', (d) => void (d.groups[0]!.rows = []), /1 to 8 rows/],
  ])('refuse %s', (_, spoil, message) => {
    const spoilt = handMade()
    spoil(spoilt)
    expect(() => installedKernels()!.kernels.makeEnvelopes(spoilt)).toThrow(message)
  })

  it('refuse a wave of another length', () => {
    const { kernels, threads } = installedKernels()!
    expect(() => kernels.forward(kernels.makeEnvelopes(handMade()), new Float32Array(10), threads)).toThrow('a sound has 10 values and needs 8000')
  })
})

/** Every row of the bank at the full rate, with made-up filters over time. */
function handMade(): EnvelopesKernelDesign {
  const weights = createRandom(5)
  const length = 8000
  return {
    samples: 8000, columns: design.columns, reach: 2,
    groups: Array.from({ length: Math.ceil(rows / 8) }, (_, g) => ({
      rows: design.filterbank.rows.slice(8 * g, 8 * g + 8).map(({ start, values }) => ({ start, responses: Float32Array.from(values) })),
      length,
      taps: Float32Array.from({ length: (5 * length) / design.columns }, () => weights.uniform()),
      ends: Float32Array.from({ length: 12 * length }, () => weights.uniform()),
    })),
  }
}
