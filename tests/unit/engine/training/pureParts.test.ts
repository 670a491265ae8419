import { describe, expect, it } from 'vitest'
import { batchAt, epochOrder, stepsPerEpoch } from '../../../../src-main/engine/training/batches.ts'
import { paperTarget } from '../../../../src-main/domain/trainingPlan.ts'
import { isBetter, reaches } from '../../../../src-main/engine/training/earlyStopping.ts'
import { mixInBackground } from '../../../../src-main/engine/training/mixInBackground.ts'
import { rateAt } from '../../../../src-main/domain/trainingSchedule.ts'
import { areaUnderRoc, areasByLabel, bestAnswers, topK } from '../../../../src-main/engine/training/scores.ts'
import { shiftRange } from '../../../../src-main/engine/training/shiftRange.ts'

describe('batches', () => {
  const plan = { clips: 10, batchSize: 4, seed: 1, mixtures: 2 }
  it('take every clip once in an epoch, but for a remainder that fills no batch', () => {
    const first = [0, 1].flatMap((step) => batchAt(plan, step).map(({ clip }) => clip))
    expect(new Set(first).size).toBe(8)
    expect(stepsPerEpoch(plan)).toBe(2)
    expect([...epochOrder(plan, 0)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
  it('depend on the step alone, with another order in every epoch and the mixtures in turn', () => {
    expect(batchAt(plan, 5)).toEqual(batchAt(plan, 5))
    expect([...epochOrder(plan, 1)]).not.toEqual([...epochOrder(plan, 0)])
    expect([0, 2, 4].map((step) => batchAt(plan, step)[0]!.mixture)).toEqual([0, 1, 0])
    expect(batchAt({ ...plan, mixtures: null }, 40)[0]!.mixture).toBe(20)
  })
})

describe('the learning rate', () => {
  it('is constant, falls by steps, or along half a cosine', () => {
    expect(rateAt(2, { kind: 'constant' }, 99)).toBe(2)
    expect([0, 9, 10, 20].map((step) => rateAt(1, { kind: 'step', every: 10, factor: 0.1 }, step))).toEqual([1, 1, 0.1, 0.010000000000000002])
    expect([0, 50, 100, 150].map((step) => Number(rateAt(1, { kind: 'cosine', steps: 100 }, step).toFixed(6)))).toEqual([1, 0.5, 0, 0])
  })
})

describe('stopping', () => {
  const scores = (wordAccuracy: number | null, meanAuc: number | null, loss = 1) => ({ wordAccuracy, meanAuc, loss, topFive: null, aucByLabel: null })
  it('waits for every level that concerns the network', () => {
    expect(reaches(scores(0.57, null), paperTarget)).toBe(true)
    expect(reaches(scores(0.56, null), paperTarget)).toBe(false)
    expect(reaches(scores(null, 0.83), paperTarget)).toBe(true)
    expect(reaches(scores(0.9, 0.8), paperTarget)).toBe(false)
    expect(reaches(scores(0.9, 0.9), {})).toBe(false)
    expect(reaches(scores(0.9, null), { meanAuc: 0.5 })).toBe(false)
  })
  it('takes the higher score for the better, then the lower loss', () => {
    expect(isBetter(scores(0.6, null), scores(0.5, null))).toBe(true)
    expect(isBetter(scores(0.6, null, 1), scores(0.6, null, 2))).toBe(true)
    expect(isBetter(scores(0.6, null, 2), scores(0.6, null, 2))).toBe(false)
  })
  it('judges by the other scores, or by the loss, where no area is defined', () => {
    expect([isBetter(scores(0.6, NaN), scores(0.5, NaN)), isBetter(scores(0.5, NaN), scores(0.6, NaN))]).toEqual([true, false])
    expect([isBetter(scores(null, NaN, 1), scores(null, NaN, 2)), isBetter(scores(null, NaN, 2), scores(null, NaN, 1))]).toEqual([true, false])
  })
})

describe('a mixture', () => {
  const wave = (length: number, k: number, offset = 0) => Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * k * i) / length) + offset)
  const rms = (x: Float32Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length)
  const part = (x: Float32Array, k: number) => (2 * x.reduce((sum, v, i) => sum + v * Math.sin((2 * Math.PI * k * i) / x.length), 0)) / x.length

  it('has the asked ratio of speech to background, no mean, and RMS 0.1', () => {
    const mixed = mixInBackground(wave(1000, 3, 0.5), wave(1000, 7, -2).map((x) => 20 * x), 6)
    expect(20 * Math.log10(part(mixed, 3) / part(mixed, 7))).toBeCloseTo(6, 4)
    expect(rms(mixed)).toBeCloseTo(0.1, 6)
    expect(mixed.reduce((a, b) => a + b, 0) / 1000).toBeCloseTo(0, 6)
  })
  it('is the other alone where one is silent', () => {
    expect(part(mixInBackground(wave(1000, 3), new Float32Array(1000), 0), 3)).toBeCloseTo(0.1 * Math.SQRT2, 5)
    expect(part(mixInBackground(new Float32Array(1000).fill(0.3), wave(1000, 7), 0), 7)).toBeCloseTo(0.1 * Math.SQRT2, 5)
    expect(rms(mixInBackground(new Float32Array(10), null, 0))).toBe(0)
  })
})

describe('the shift of a clip', () => {
  it('leaves the word over the centre, whatever may be asked', () => {
    // The clip's centre is at 2 s; the word runs from 1.8 to 2.05.
    const place = { clipStartS: 1, clipLengthS: 2, word: { startS: 1.8, endS: 2.05 } }
    expect(shiftRange(place, 0.1).map((x) => Number(x.toFixed(9)))).toEqual([-0.1, 0.05])
    expect(shiftRange(place, 1).map((x) => Number(x.toFixed(9)))).toEqual([-0.2, 0.05])
    expect(shiftRange({ ...place, word: null }, 1)).toEqual([0, 0])
    expect(shiftRange({ ...place, word: { startS: 0, endS: 1 } }, 1)).toEqual([0, 0])
  })
})

describe('scores', () => {
  it('count a tie with the right class as a miss, so that a network that says nothing scores nothing', () => {
    expect(topK(Float32Array.of(0, 0, 0, 0, 1, 2), [0, 2], 1)).toBe(0.5)
  })
  it('count an answer that is no number as a miss, and no number beside the right answer as above it', () => {
    expect(topK(Float32Array.of(NaN, NaN, NaN, NaN), [0, 1], 1)).toBe(0)
    expect(topK(Float32Array.of(NaN, NaN), [0], 5), 'fewer classes than places').toBe(0)
    expect(topK(Float32Array.of(NaN, 1), [1], 1)).toBe(0)
  })
  it('give no area where all examples are alike, and leave such labels out of the mean', () => {
    expect(areaUnderRoc([1, 2], [1, 1])).toBeNaN()
    // First label: positive 0.9 above negative 0.1; second: no positive.
    expect(areasByLabel(Float32Array.of(0.9, 5, 0.1, 6), Float32Array.of(1, 0, 0, 0), 2)).toEqual({ areas: [1, NaN], mean: 1 })
  })
})

it('names the highest output of each example, the first of equals, with its softmax probability', () => {
  // e^0 / (e^0 + e^-ln 3) = 3 / 4; of three equal outputs each has a third
  expect(bestAnswers([1000 - Math.log(3), 1000], 2)).toEqual([{ best: 1, probability: expect.closeTo(0.75, 12) }])
  expect(bestAnswers([0, 0, 0], 3)).toEqual([{ best: 0, probability: expect.closeTo(1 / 3, 12) }])
})
