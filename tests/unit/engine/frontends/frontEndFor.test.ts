import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ModelFileError, ShapeError } from '../../../../src-main/domain/errors.ts'
import { frontEndFor } from '../../../../src-main/engine/frontends/frontEndFor.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'

const sound = (samples: number, sampleRateHz: number) => ({ kind: 'audio' as const, samples, sampleRateHz })
const picture = { kind: 'image' as const, height: 8, width: 8, channels: 3 as const, range: [0, 1] as [0, 1] }

beforeAll(async () => void (await loadBackend()))

describe('frontEndFor', () => {
  it.each([
    [{ name: 'cochleagram', filters: 50 }, sound(40_000, 20_000), [211, 400]],
    [{ name: 'cochleagram', filters: 40 }, sound(20_000, 20_000), [171, 200]],
    [{ name: 'cochleagram-2023' }, sound(40_000, 20_000), [211, 390]],
    [{ name: 'log-mel' }, sound(48_000, 16_000), [187, 96]],
    [{ name: 'log-mel-vggish' }, sound(40_000, 20_000), [192, 64]],
    [{ name: 'log-mel-vggish' }, sound(16_000, 16_000), [96, 64]],
    [{ name: 'mfcc' }, sound(40_000, 20_000), [99, 494]],
    [{ name: 'mfcc' }, sound(16_000, 16_000), [49, 494]],
  ] as const)('sets up %o for %o', (card, input, shape) => {
    const before = tf.memory().numTensors
    const frontEnd = frontEndFor(card, input)!
    expect([frontEnd.rows, frontEnd.columns, frontEnd.samples, frontEnd.sampleRateHz]).toEqual([...shape, input.samples, input.sampleRateHz])
    const given = tf.tidy(() => frontEnd.forward(tf.mul(tf.sin(tf.reshape(tf.range(0, 2 * input.samples), [2, input.samples])), 0.1)).shape)
    expect(given).toEqual([2, ...shape, 1])
    frontEnd.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(['log-mel-vggish', 'mfcc', 'cochleagram-2023'] as const)('has a finite gradient for digital silence, of %s', (name) => {
    const frontEnd = frontEndFor({ name }, sound(40_000, 20_000))!
    const gradient = tf.tidy(() => tf.grad((x) => tf.sum(frontEnd.forward(x)))(tf.zeros([1, 40_000])).dataSync())
    expect(gradient.every(Number.isFinite)).toBe(true)
    frontEnd.dispose()
  })

  it('gives none where the card names none', () => {
    expect(frontEndFor(null, sound(100, 8000))).toBeNull()
    expect(frontEndFor(null, picture)).toBeNull()
  })

  it('refuses pictures, a rate that it does not resample, and too short a sound', () => {
    expect(() => frontEndFor({ name: 'mfcc' }, picture)).toThrow(
      new ModelFileError('The card names the front end "mfcc", which takes sounds, and the network takes pictures. Set frontEnd to null, or correct the input.'),
    )
    expect(() => frontEndFor({ name: 'cochleagram', filters: 50 }, sound(32_000, 16_000))).toThrow(
      new ModelFileError('The front end "cochleagram" takes sounds at 20000 Hz; the card\'s input is at 16000 Hz. Set sampleRateHz to 20000, and samples to match.'),
    )
    expect(() => frontEndFor({ name: 'log-mel-vggish' }, sound(15_000, 16_000))).toThrow(
      new ShapeError('VGGish takes at least 96 frames of sound, 0.975 s; 15000 samples at 16000 Hz are less. Choose a longer input.'),
    )
    expect(() => frontEndFor({ name: 'mfcc' }, sound(500, 16_000))).toThrow('The MFCC front end takes at least one frame of 32 ms; 500 samples at 16000 Hz are less. Choose a longer input.')
  })
})
