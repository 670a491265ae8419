import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ProtocolError, ShapeError } from '../../../../src-main/domain/errors.ts'
import { movedIn, protocolFrom } from '../../../../src-main/domain/protocol.ts'
import { activationsAt } from '../../../../src-main/engine/models/model.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { cochleagramOf } from '../../../../src-main/engine/synthesis/cochleagramOf.ts'
import { initialSignal } from '../../../../src-main/engine/synthesis/initialSignal.ts'
import { matchingLoss } from '../../../../src-main/engine/synthesis/matchingLoss.ts'
import { createSynthesis, type SynthesisSettings } from '../../../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { spearmanRho } from '../../../../src-main/engine/validation/spearman.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { toyHearing } from '../../../helpers/toyHearing.ts'
import { toyModel } from '../../../helpers/toyModel.ts'

beforeAll(async () => void (await loadBackend()))

const protocol = movedIn('cochleagram', protocolFrom('quick look', { updates: 300, learningRate: 0.05 }))
const random = createRandom(5, 'test sound')
const reference = Float32Array.from({ length: 4000 }, () => 0.1 * random.normal())
const values = 17 * 40

function settings(changes: Partial<SynthesisSettings> = {}): SynthesisSettings {
  return { model: toyHearing('toy', 1), layer: 'features', protocol, reference, seed: 3, resumeFrom: null, ...changes }
}

describe('createSynthesis, moving the cochleagram', () => {
  it('refuses networks that do not hear by one, and the layer that is moved itself', () => {
    expect(() => createSynthesis(settings({ model: toyModel(), layer: 'rectified', reference: new Float32Array(48) }))).toThrow(
      'Network "toy" takes pictures, so there is no cochleagram to move. Choose a network with a cochleagram front end, or the space "signal".',
    )
    expect(() => createSynthesis(settings({ layer: 'cochleagram' }))).toThrow(ProtocolError)
    expect(() => createSynthesis(settings({ layer: 'cochleagram' }))).toThrow(/^Layer "cochleagram" cannot be matched by moving the cochleagram/)
  })

  it('refuses a checkpoint of a run that moved the sound', () => {
    const wave = new Float32Array(4000)
    const sound = { update: 0, signal: wave, m: wave, v: wave, losses: new Float32Array(0), seconds: 0 }
    expect(() => createSynthesis(settings({ resumeFrom: sound }))).toThrow(ShapeError)
    expect(() => createSynthesis(settings({ resumeFrom: sound }))).toThrow('has 4000 values, but the network takes [1, 17, 40, 1], which is 680')
  })

  it('starts from the cochleagram of the noise that a sound would start from', () => {
    const synthesis = createSynthesis(settings())
    const { model } = settings()
    expect(synthesis.signal()).toEqual(cochleagramOf(model, initialSignal(model.summary.input, protocol, 3)))
    synthesis.dispose()
  })

  it('takes the gradient that finite differences of the loss show', () => {
    const model = toyHearing('toy', 1)
    const loss = (x: Float32Array, layer: string): tf.Tensor1D => tf.tidy(() => lossAt(tf.tensor(x, [1, 17, 40, 1]), layer))
    const lossAt = (x: tf.Tensor, layer: string): tf.Tensor1D =>
      matchingLoss(activationsAt(model, layer, x), activationsAt(model, layer, tf.tensor(reference, [1, 4000])), 'none')
    const start = cochleagramOf(model, reference).map((x, i) => x * (1 + 0.3 * Math.sin(i)) + 0.01)
    for (const layer of ['features', 'logits']) {
      const gradient = tf.tidy(() => Float32Array.from(tf.grad((x) => lossAt(x, layer))(tf.tensor(start, [1, 17, 40, 1])).dataSync()))
      // Along the gradient itself the slope is its length.
      const slope = Math.hypot(...gradient)
      const at = (step: number): number => loss(start.map((x, i) => x + (step * gradient[i]!) / slope), layer).dataSync()[0]!
      const step = 1e-2
      expect(Math.abs((at(step) - at(-step)) / (2 * step) / slope - 1)).toBeLessThan(5e-3)
    }
  })

  it('matches the layer by other values than the reference\'s', () => {
    const synthesis = createSynthesis(settings())
    for (let i = 0; i < protocol.updates; i++) synthesis.step()
    const made = synthesis.signal()
    expect(made).toHaveLength(values)
    const { model } = settings()
    const features = (x: Float32Array, shape: number[]): Float32Array => tf.tidy(() => Float32Array.from(activationsAt(model, 'features', tf.tensor(x, shape)).dataSync()))
    expect(spearmanRho(features(made, [1, 17, 40, 1]), features(reference, [1, 4000]))).toBeGreaterThan(0.98)
    expect(spearmanRho(made, cochleagramOf(model, reference))).toBeLessThan(0.9)
    synthesis.dispose()
  })

  it('never goes below zero, where a step would', () => {
    // Far quieter than the noise at the start: the way there leads down.
    const synthesis = createSynthesis(settings({ reference: reference.map((x) => x / 1000), protocol: { ...protocol, learningRate: 0.5 } }))
    let reached = false
    for (let i = 0; i < 20; i++) {
      synthesis.step()
      const lowest = synthesis.signal().reduce((a, b) => Math.min(a, b), Infinity)
      expect(lowest).toBeGreaterThanOrEqual(0)
      reached ||= lowest === 0
    }
    expect(reached).toBe(true)
    synthesis.dispose()
  })

  it('goes on from a checkpoint bit for bit', () => {
    const steps = (synthesis: ReturnType<typeof createSynthesis>, count: number) => Array.from({ length: count }, synthesis.step)
    const whole = createSynthesis(settings())
    steps(whole, 10)
    const half = createSynthesis(settings())
    steps(half, 4)
    const resumed = createSynthesis(settings({ resumeFrom: { ...half.checkpoint(), seconds: 0 } }))
    steps(resumed, 6)
    expect(resumed.checkpoint()).toEqual(whole.checkpoint())
    for (const synthesis of [whole, half, resumed]) synthesis.dispose()
  })

  it('matches a cochleagram with a sound, when that is the reference', () => {
    const { model } = settings()
    const target = cochleagramOf(model, reference)
    const sound = movedIn('signal', protocol)
    const synthesis = createSynthesis(settings({ layer: 'cochleagram', protocol: sound, reference: target, referenceSpace: model.summary.cochleagram! }))
    const first = synthesis.step()
    for (let i = 0; i < 60; i++) synthesis.step()
    expect(synthesis.signal()).toHaveLength(4000)
    expect(synthesis.currentLoss()).toBeLessThan(first / 2)
    synthesis.dispose()
  })
})
