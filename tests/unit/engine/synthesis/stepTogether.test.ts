import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { NumericalError } from '../../../../src-main/domain/errors.ts'
import { protocolFrom } from '../../../../src-main/domain/protocol.ts'
import { shareEvaluation } from '../../../../src-main/engine/synthesis/evaluation.ts'
import { stepTogether, type Outcome } from '../../../../src-main/engine/synthesis/stepTogether.ts'
import { createSynthesis, type Synthesis, type SynthesisSettings } from '../../../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../../helpers/data.ts'
import { modelOf, stage, toyModel } from '../../../helpers/toyModel.ts'

beforeAll(async () => void (await loadBackend()))

const model = toyModel()
const referenceOf = (seed: number): Float32Array => Float32Array.from({ length: 48 }, createRandom(seed).uniform)
const quick = protocolFrom('quick look', { updates: 20 })

function synthesisOf(seed: number, changes: Partial<SynthesisSettings> = {}): Synthesis {
  return createSynthesis({ model, layer: 'rectified', protocol: quick, reference: referenceOf(seed), seed, resumeFrom: null, ...changes })
}

function lossesTogether(syntheses: Synthesis[], updates: number): number[][] {
  const losses = syntheses.map((): number[] => [])
  for (let u = 0; u < updates; u++) stepTogether(syntheses).forEach((outcome, i) => losses[i]!.push('loss' in outcome ? outcome.loss : Number.NaN))
  return losses
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!) / Math.abs(b[i]!)))
}

describe('stepTogether', () => {
  it.each(['2019 as code', 'fewer updates'])('gives each of three what it has alone, with "%s"', (preset) => {
    const protocol = protocolFrom(preset, { updates: 20 })
    const together = [1, 2, 3].map((seed) => synthesisOf(seed, { protocol }))
    const losses = lossesTogether(together, 20)
    for (const [i, seed] of [1, 2, 3].entries()) {
      const alone = synthesisOf(seed, { protocol })
      expect(largestDifference(losses[i]!, Array.from({ length: 20 }, alone.step))).toBeLessThan(1e-4)
      expect(relativeL2(together[i]!.signal(), alone.signal())).toBeLessThan(1e-4)
      expect(together[i]!.checkpoint().losses).toEqual(Float32Array.from(losses[i]!))
      alone.dispose()
    }
    together.forEach((synthesis) => synthesis.dispose())
  })

  it('divides each loss by the elements of one signal where the protocol says so', () => {
    const protocol = { ...quick, lossNormalisation: 'elements' as const }
    const [a, b, alone] = [synthesisOf(1, { protocol }), synthesisOf(2, { protocol }), synthesisOf(2, { protocol })]
    expect(lossesTogether([a, b], 1)[1]![0]).toBeCloseTo(alone.step(), 5)
    ;[a, b, alone].forEach((synthesis) => synthesis.dispose())
  })

  it('is bit for bit what a step is when there is one', () => {
    const [a, b] = [synthesisOf(1), synthesisOf(1)]
    expect(lossesTogether([a], 20)[0]).toEqual(Array.from({ length: 20 }, b.step))
    expect(a.signal()).toEqual(b.signal())
    ;[a, b].forEach((synthesis) => synthesis.dispose())
  })

  it('goes on from different updates, each at its own rate', () => {
    const [a, b, alone] = [synthesisOf(1), synthesisOf(2), synthesisOf(1)]
    a.step()
    a.step()
    stepTogether([a, b])
    expect([a.update, b.update]).toEqual([3, 1])
    for (let u = 0; u < 3; u++) alone.step()
    expect(relativeL2(a.signal(), alone.signal())).toBeLessThan(1e-6)
    ;[a, b, alone].forEach((synthesis) => synthesis.dispose())
  })

  it('fails one whose loss is not finite, names its update, and lets the others go on', () => {
    const poisoned = referenceOf(2)
    poisoned[0] = Number.NaN
    const [good, bad, other] = [synthesisOf(1), synthesisOf(2, { reference: poisoned }), synthesisOf(3)]
    const before = bad.signal()
    const outcomes: Outcome[] = stepTogether([good, bad, other])
    expect(outcomes.map((outcome) => 'loss' in outcome)).toEqual([true, false, true])
    expect((outcomes[1] as { error: unknown }).error).toBeInstanceOf(NumericalError)
    expect(String((outcomes[1] as { error: unknown }).error)).toContain('The matching loss at layer "rectified" is not finite at update 0.')
    expect([good.update, bad.update, other.update]).toEqual([1, 0, 1])
    expect(bad.signal()).toEqual(before)
    ;[good, bad, other].forEach((synthesis) => synthesis.dispose())
  })

  it('keeps the targets of those that ask together, whoever joins or leaves, and lets them go at the end', () => {
    const before = tf.memory().numTensors
    const [a, b, c] = [synthesisOf(1), synthesisOf(2), synthesisOf(3)]
    const alone = [1, 2, 3].map((seed) => synthesisOf(seed))
    for (const group of [[a, b], [a, b, c], [c, a], [a]]) stepTogether(group)
    for (const [i, updates] of [4, 2, 2].entries()) for (let u = 0; u < updates; u++) alone[i]!.step()
    ;[a, b, c].forEach((one, i) => expect(relativeL2(one.signal(), alone[i]!.signal())).toBeLessThan(1e-6))
    ;[a, b, c, ...alone].forEach((synthesis) => synthesis.dispose())
    expect(tf.memory().numTensors).toBe(before)
  })

  it('leaves no tensor behind', () => {
    const syntheses = [1, 2].map((seed) => synthesisOf(seed))
    stepTogether(syntheses)
    const before = tf.memory().numTensors
    stepTogether(syntheses)
    expect(tf.memory().numTensors).toBe(before)
    syntheses.forEach((synthesis) => synthesis.dispose())
  })
})

describe('shareEvaluation', () => {
  it('holds for the same network, layer, gradient and loss, whatever else the protocols say', () => {
    const syntheses = [
      synthesisOf(1),
      synthesisOf(2, { protocol: { ...quick, updates: 7, learningRate: 0.1 } }),
      synthesisOf(1, { model: toyModel() }),
      synthesisOf(1, { layer: 'logits' }),
      synthesisOf(1, { protocol: { ...quick, reluGradient: 'standard' } }),
      synthesisOf(1, { protocol: { ...quick, lossNormalisation: 'elements' } }),
    ]
    const first = syntheses[0]!.question
    expect(syntheses.map(({ question }) => shareEvaluation(first, question))).toEqual([true, true, false, false, false, false])
    syntheses.forEach((synthesis) => synthesis.dispose())
  })

  it('does not hold for a network that takes one signal at a time', () => {
    const { summary, stages } = modelOf('one', model.summary.input, [], [stage('doubled', [4, 4, 3], 'linear', (x) => tf.mul(x, 2))])
    const one = { ...modelOf('one', model.summary.input, [], [...stages]), summary: { ...summary, oneAtATime: true } }
    const syntheses = [1, 2].map((seed) => synthesisOf(seed, { model: one, layer: 'doubled' }))
    expect(shareEvaluation(syntheses[0]!.question, syntheses[1]!.question)).toBe(false)
    syntheses.forEach((synthesis) => synthesis.dispose())
  })
})
