import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { NumericalError, ProtocolError, ShapeError } from '../../../../src-main/domain/errors.ts'
import { protocolFrom, withChanges, type Protocol } from '../../../../src-main/domain/protocol.ts'
import type { Checkpoint } from '../../../../src-main/domain/run.ts'
import { activationsAt, type Model } from '../../../../src-main/engine/models/model.ts'
import { initialSignal } from '../../../../src-main/engine/synthesis/initialSignal.ts'
import { matchingLoss } from '../../../../src-main/engine/synthesis/matchingLoss.ts'
import { createSynthesis, type SynthesisSettings } from '../../../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { maxAbsDifference } from '../../../helpers/data.ts'
import { modelOf, stage, toyAudioModel, toyMixing, toyModel } from '../../../helpers/toyModel.ts'

beforeAll(async () => void (await loadBackend()))

const quick = protocolFrom('quick look', { updates: 40 })
const uniformSignal = (length: number, seed: number): Float32Array => Float32Array.from({ length }, createRandom(seed).uniform)
const reference = uniformSignal(48, 1)

function settings(changes: Partial<SynthesisSettings> = {}): SynthesisSettings {
  return { model: toyModel(), layer: 'rectified', protocol: quick, reference, seed: 7, resumeFrom: null, ...changes }
}

/** The loss's gradient as the synthesis takes it, at a signal. */
function gradientAt(model: Model, layer: string, signal: Float32Array, reluGradient: Protocol['reluGradient']): Float32Array {
  return tf.tidy(() => {
    const target = activationsAt(model, layer, tf.tensor(reference, [1, 4, 4, 3]))
    const end = reluGradient === 'modified' ? 'generation' : 'ordinary'
    const loss = (x: tf.Tensor): tf.Tensor => matchingLoss(activationsAt(model, layer, x, end), target, 'none')
    return Float32Array.from(tf.grad(loss)(tf.tensor(signal, [1, 4, 4, 3])).dataSync())
  })
}

/** Gradient of the toy's rectified stage by hand: d = max(zM, 0) - target, dx = 2 d' M^T, d' = d or d where zM > 0. */
function gradientByHand(signal: Float32Array, reluGradient: Protocol['reluGradient']): number[] {
  const mixed = (x: Float32Array, pixel: number, out: number): number =>
    [0, 1, 2].reduce((sum, c) => sum + (2 * x[3 * pixel + c]! - 1) * toyMixing[c]![out]!, 0)
  return Array.from(signal, (_, i) => {
    const pixel = Math.floor(i / 3)
    let sum = 0
    for (let out = 0; out < 3; out++) {
      const z = mixed(signal, pixel, out)
      if (reluGradient === 'standard' && z <= 0) continue
      sum += 2 * (Math.max(z, 0) - Math.max(mixed(reference, pixel, out), 0)) * toyMixing[i % 3]![out]!
    }
    return sum
  })
}

describe('createSynthesis, when asked for what cannot be', () => {
  it('refuses a layer that the network does not have, and lists its stages', () => {
    expect(() => createSynthesis(settings({ layer: 'conv4' }))).toThrow(ProtocolError)
    expect(() => createSynthesis(settings({ layer: 'conv4' }))).toThrow('Its stages are: scaled, rectified, logits.')
  })

  it('refuses a reference of another size than the input', () => {
    expect(() => createSynthesis(settings({ reference: new Float32Array(47) }))).toThrow(
      'The reference stimulus has 47 values, but the network takes [1, 4, 4, 3], which is 48. Crop, resize or resample it to that first.',
    )
  })

  it('refuses a checkpoint of another network, or one whose losses do not fit its updates', () => {
    const zeros = { m: new Float32Array(48), v: new Float32Array(48), seconds: 0 }
    const other: Checkpoint = { ...zeros, update: 0, signal: new Float32Array(3), losses: new Float32Array(0) }
    const torn: Checkpoint = { ...zeros, update: 2, signal: new Float32Array(48), losses: new Float32Array(1) }
    expect(() => createSynthesis(settings({ resumeFrom: other }))).toThrow(ShapeError)
    expect(() => createSynthesis(settings({ resumeFrom: torn }))).toThrow('tells of 2 updates but holds 1 losses')
  })

  it('leaves no tensor behind by refusing', () => {
    const before = tf.memory().numTensors
    const zeros = { signal: new Float32Array(48), m: new Float32Array(48), v: new Float32Array(2), seconds: 0 }
    const wrongMoments: Checkpoint = { ...zeros, update: 0, losses: new Float32Array(0) }
    expect(() => createSynthesis(settings({ resumeFrom: wrongMoments }))).toThrow(ShapeError)
    expect(() => createSynthesis(settings({ layer: 'conv4' }))).toThrow(ProtocolError)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('makes no more updates than the protocol has', () => {
    const synthesis = createSynthesis(settings({ protocol: withChanges(quick, { updates: 1 }) }))
    synthesis.step()
    expect(() => synthesis.step()).toThrow('All 1 updates of protocol "quick look, 1 updates" are made.')
    synthesis.dispose()
  })
})

describe('createSynthesis', () => {
  it.each(['modified', 'standard'] as const)('follows the gradient known by hand with the %s ReLU gradient', (reluGradient) => {
    const start = initialSignal(toyModel().summary.input, quick, 7)
    const expected = gradientByHand(start, reluGradient)
    expect(maxAbsDifference(gradientAt(toyModel(), 'rectified', start, reluGradient), expected)).toBeLessThan(2e-6)
    // Adam's first step has the size of the rate and the sign of the gradient.
    const synthesis = createSynthesis(settings({ protocol: { ...quick, reluGradient } }))
    synthesis.step()
    const moved = synthesis.signal().map((x, i) => (x - start[i]!) / 0.001)
    expected.forEach((g, i) => expect(moved[i]).toBeCloseTo(Math.abs(g) < 1e-5 ? 0 : -Math.sign(g), 3))
    synthesis.dispose()
  })

  it('has a standard gradient that agrees with finite differences', () => {
    const model = toyModel()
    const signal = uniformSignal(48, 3)
    const gradient = gradientAt(model, 'rectified', signal, 'standard')
    const lossAt = (x: Float32Array): number =>
      tf.tidy(() => {
        const target = activationsAt(model, 'rectified', tf.tensor(reference, [1, 4, 4, 3]))
        return matchingLoss(activationsAt(model, 'rectified', tf.tensor(x, [1, 4, 4, 3])), target, 'none').dataSync()[0]!
      })
    for (let i = 0; i < 48; i += 5) {
      const shifted = (h: number): Float32Array => signal.map((x, k) => (k === i ? x + h : x))
      expect((lossAt(shifted(1e-2)) - lossAt(shifted(-1e-2))) / 2e-2).toBeCloseTo(gradient[i]!, 1)
    }
  })

  it('gives the loss before each update, and the loss falls', () => {
    const synthesis = createSynthesis(settings())
    const before = synthesis.currentLoss()
    const losses = Array.from({ length: 40 }, () => synthesis.step())
    expect(losses[0]).toBe(before)
    expect(synthesis.currentLoss()).toBeLessThan(losses[39]!)
    expect(losses.every((loss, i) => i === 0 || loss < losses[i - 1]!)).toBe(true)
    expect(synthesis.checkpoint().losses).toEqual(Float32Array.from(losses))
    expect(synthesis.update).toBe(40)
    synthesis.dispose()
  })

  it('keeps a picture within [0, 1] and lets a sound go where it will', () => {
    const fast = { ...quick, learningRate: 0.9 }
    const picture = createSynthesis(settings({ layer: 'scaled', reference: new Float32Array(48).fill(1), protocol: fast }))
    const loud = new Float32Array(16).fill(9)
    const sound = createSynthesis(settings({ model: toyAudioModel(), layer: 'louder', reference: loud, protocol: { ...fast, learningRate: 2 } }))
    picture.step()
    sound.step()
    // One step of Adam has the size of the rate: about 0.55 + 0.9, and 0.01 + 2.
    expect(picture.signal()).toEqual(new Float32Array(48).fill(1))
    expect(sound.signal().every((x) => x > 1.9)).toBe(true)
    picture.dispose()
    sound.dispose()
  })

  it("takes the network's own base rate unless the protocol names one", () => {
    const audio = toyAudioModel()
    const model: Model = { ...audio, summary: { ...audio.summary, baseLearningRate: 0.25 } }
    const firstStep = (learningRate: number | null): number => {
      const silent: Checkpoint = { update: 0, signal: new Float32Array(16), m: new Float32Array(16), v: new Float32Array(16), losses: new Float32Array(0), seconds: 0 }
      const ones = new Float32Array(16).fill(1)
      const synthesis = createSynthesis(settings({ model, layer: 'louder', reference: ones, protocol: { ...quick, learningRate }, resumeFrom: silent }))
      synthesis.step()
      const moved = synthesis.signal()[0]!
      synthesis.dispose()
      return moved
    }
    expect(firstStep(null)).toBeCloseTo(0.25, 6)
    expect(firstStep(0.125)).toBeCloseTo(0.125, 6)
  })

  it('goes on from a checkpoint bit for bit as if it had not stopped', () => {
    const whole = createSynthesis(settings())
    for (let i = 0; i < 40; i++) whole.step()
    const firstPart = createSynthesis(settings())
    for (let i = 0; i < 17; i++) firstPart.step()
    const kept = { ...firstPart.checkpoint(), seconds: 1 }
    firstPart.dispose()
    const secondPart = createSynthesis(settings({ resumeFrom: kept }))
    expect(secondPart.update).toBe(17)
    for (let i = 17; i < 40; i++) secondPart.step()
    expect(secondPart.checkpoint()).toEqual(whole.checkpoint())
    whole.dispose()
    secondPart.dispose()
  })

  it('holds the same number of tensors after every step, and none when disposed', () => {
    const before = tf.memory().numTensors
    const synthesis = createSynthesis(settings())
    synthesis.step()
    const during = tf.memory().numTensors
    for (let i = 0; i < 5; i++) {
      synthesis.step()
      synthesis.currentLoss()
      synthesis.checkpoint()
      expect(tf.memory().numTensors).toBe(during)
    }
    synthesis.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

/** A sound network whose one stage computes `value`, with the gradient factor `slope`, from its fourth run on. */
function breaksAtThirdUpdate(value: (x: tf.Tensor) => tf.Tensor, slope: number): Model {
  let runs = 0 // the first is the reference's
  return modelOf('breaks', { kind: 'audio', samples: 4, sampleRateHz: 8000 }, [], [
    stage('out', [4], 'linear', (x) => {
      const broken = runs++ >= 3
      return tf.customGrad((y) => ({ value: broken ? value(y as tf.Tensor) : tf.mul(y as tf.Tensor, 1), gradFunc: (dy: tf.Tensor) => tf.mul(dy, broken ? slope : 1) }))(x)
    }),
  ])
}

describe('createSynthesis with L-BFGS', () => {
  const protocol = protocolFrom('fewer updates', { updates: 40 })

  it('gets nearer than Adam in as many updates, and stays in [0, 1]', () => {
    const lossAfter = (changes: Partial<SynthesisSettings>): number => {
      const synthesis = createSynthesis(settings(changes))
      for (let i = 0; i < 40; i++) synthesis.step()
      const loss = synthesis.currentLoss()
      expect(synthesis.signal().every((x) => x >= 0 && x <= 1)).toBe(true)
      synthesis.dispose()
      return loss
    }
    expect(lossAfter({ protocol })).toBeLessThan(lossAfter({}) / 5)
  })

  it('records the loss of the signal it would end with', () => {
    const synthesis = createSynthesis(settings({ protocol }))
    const losses = Array.from({ length: 40 }, () => synthesis.step())
    expect(synthesis.currentLoss()).toBe(losses[39])
    synthesis.dispose()
  })

  it('goes on from a checkpoint bit for bit, and refuses one of Adam', () => {
    const whole = createSynthesis(settings({ protocol }))
    for (let i = 0; i < 40; i++) whole.step()
    const firstPart = createSynthesis(settings({ protocol }))
    for (let i = 0; i < 17; i++) firstPart.step()
    const kept = { ...firstPart.checkpoint(), seconds: 1 }
    const secondPart = createSynthesis(settings({ protocol, resumeFrom: kept }))
    for (let i = 17; i < 40; i++) secondPart.step()
    expect(secondPart.checkpoint()).toEqual(whole.checkpoint())
    const adam = createSynthesis(settings())
    expect(() => createSynthesis(settings({ protocol, resumeFrom: { ...adam.checkpoint(), seconds: 0 } }))).toThrow(
      "The checkpoint's state of L-BFGS has 48 and 48 values, which do not fit a signal of 48. Start the run again.",
    )
    for (const one of [whole, firstPart, secondPart, adam]) one.dispose()
  })

  it('holds the same number of tensors after every step, and none when disposed', () => {
    const before = tf.memory().numTensors
    const synthesis = createSynthesis(settings({ protocol }))
    const during = tf.memory().numTensors
    for (let i = 0; i < 5; i++) {
      synthesis.step()
      expect(tf.memory().numTensors).toBe(during)
    }
    synthesis.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('createSynthesis, when numbers go wrong', () => {
  const cases = [
    { what: 'loss', model: () => breaksAtThirdUpdate((x) => tf.mul(x, NaN), 1) },
    { what: 'gradient', model: () => breaksAtThirdUpdate((x) => tf.clone(x), NaN) },
  ]
  it.each(cases)('stops at the first non-finite $what and keeps the last finite checkpoint', ({ what, model }) => {
    const before = tf.memory().numTensors
    const synthesis = createSynthesis(settings({ model: model(), layer: 'out', reference: new Float32Array(4).fill(1) }))
    synthesis.step()
    synthesis.step()
    const good = synthesis.checkpoint()
    const held = tf.memory().numTensors
    expect(() => synthesis.step()).toThrow(NumericalError)
    expect(() => synthesis.step()).toThrow(
      `The ${what === 'loss' ? 'matching loss' : 'gradient'} at layer "out" is not finite at update 2. The signal after 2 updates, all of it finite, is kept. Lower the learning rate, or check the network's weights.`,
    )
    expect(synthesis.checkpoint()).toEqual(good)
    expect(good.signal.every(Number.isFinite)).toBe(true)
    expect(tf.memory().numTensors).toBe(held)
    synthesis.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
