import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ShapeError } from '../../../../src-main/domain/errors.ts'
import { createLogMelFrontEnd, createMusicnnFrontEnd, type LogMelFrontEnd } from '../../../../src-main/engine/frontends/logMel.ts'
import { melFilterbank } from '../../../../src-main/engine/frontends/melFilterbank.ts'
import { isNative } from '../../../../src-main/engine/native/tensorflow.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { maxAbsDifference, relativeL2 } from '../../../helpers/data.ts'
import { valueAndGradient } from '../../../helpers/gradients.ts'

const small = { samples: 340, sampleRateHz: 16_000, frameLength: 64, frames: 10, filters: 8 }
const noise = (batch: number, level: number, seed = 1) => {
  const random = createRandom(seed, 'test noise')
  return Float32Array.from({ length: batch * small.samples }, () => level * random.normal())
}

function run(wave: Float32Array, frontEnd: LogMelFrontEnd = createLogMelFrontEnd(small)) {
  const result = tf.tidy(() => valueAndGradient((x) => frontEnd.forward(x), tf.tensor2d(wave, [wave.length / small.samples, small.samples])))
  frontEnd.dispose()
  return result
}

/** Straight from the definition, in double precision. */
function definition(wave: Float32Array): number[] {
  const { frameLength, frames, filters } = small
  const bins = frameLength / 2 + 1
  const mel = melFilterbank(small)
  return Array.from({ length: frames }, (_, frame) => {
    const windowed = Array.from({ length: frameLength }, (_, t) => wave[Math.abs((frame * frameLength) / 2 + t - frameLength / 2)]! * Math.sin((Math.PI * t) / frameLength) ** 2)
    const power = Array.from({ length: bins }, (_, k) => {
      const part = (f: (angle: number) => number) => windowed.reduce((sum, x, t) => sum + x * f((2 * Math.PI * k * t) / frameLength), 0)
      return part(Math.cos) ** 2 + part(Math.sin) ** 2
    })
    return Array.from({ length: filters }, (_, band) => Math.log10(10_000 * power.reduce((sum, p, k) => sum + mel[band * bins + k]! * p, 0) + 1))
  }).flat()
}

describe('log-mel front end', () => {
  beforeAll(async () => void (await loadBackend()))

  it('refuses a sound of another length, and more frames than fit', () => {
    const frontEnd = createMusicnnFrontEnd()
    const wave = tf.zeros([1, 47_999])
    expect(() => frontEnd.forward(wave)).toThrow(ShapeError)
    expect(() => frontEnd.forward(wave)).toThrow('The log-mel front end takes sounds of 48000 samples, [batch, 48000]; this one is [1, 47999]. Cut or pad it to that length first.')
    wave.dispose()
    expect(() => createLogMelFrontEnd({ ...small, frames: 11 })).toThrow('11 frames of 64 samples need 352 samples; the sound has 340. Take fewer frames or a longer sound.')
  })

  it('is what its definition says, for each sound of a batch', () => {
    const wave = noise(2, 0.1)
    const expected = [wave.subarray(0, small.samples), wave.subarray(small.samples)].flatMap(definition)
    expect(maxAbsDifference(run(wave).value, expected)).toBeLessThan(1e-5)
  })

  it.each([1e-3, 0.1])('has the gradient that finite differences show, at level %d', (level) => {
    const [wave, direction] = [noise(1, level), noise(1, level, 2)]
    const { gradient } = run(wave)
    const weighted = (step: number) => definition(wave.map((x, i) => x + step * direction[i]!)).reduce((sum, y, i) => sum + y * Math.sin(i), 0)
    const slope = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0)
    expect(slope / ((weighted(1e-3) - weighted(-1e-3)) / 2e-3)).toBeCloseTo(1, 3)
  })

  it('gives silence zeros and no gradient, and samples after the last frame none', () => {
    const silence = run(new Float32Array(small.samples))
    expect([...silence.value, ...silence.gradient].every((x) => x === 0)).toBe(true)
    const { gradient } = run(noise(1, 0.1))
    expect([...gradient.keys()].filter((i) => gradient[i] === 0)).toEqual(Array.from({ length: 20 }, (_, i) => 320 + i))
  })

  it('makes its constants at first use and frees them', () => {
    const before = tf.memory().numTensors
    const frontEnd = createLogMelFrontEnd(small)
    expect(tf.memory().numTensors).toBe(before)
    tf.tidy(() => void frontEnd.forward(tf.zeros([1, small.samples])))
    expect(tf.memory().numTensors).toBe(before + 2)
    frontEnd.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it.for(['cpu', 'wasm'])('computes the same values and gradients on native TensorFlow and on %s', async (engine, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const native = run(noise(2, 0.1))
    await import(`@tensorflow/tfjs-backend-${engine}`)
    try {
      expect(await tf.setBackend(engine)).toBe(true)
      const other = run(noise(2, 0.1))
      expect(relativeL2(other.value, native.value)).toBeLessThan(1e-6)
      expect(relativeL2(other.gradient, native.gradient)).toBeLessThan(1e-4)
    } finally {
      await tf.setBackend('tensorflow')
    }
  })
})
