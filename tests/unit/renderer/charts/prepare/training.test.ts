import { describe, expect, it } from 'vitest'
import { confusionCells } from '../../../../../src-main/domain/confusions.ts'
import type { Validation } from '../../../../../src-main/domain/training.ts'
import { describeConfusions } from '../../../../../src-renderer/charts/prepare/confusions.ts'
import { kernelPictures } from '../../../../../src-renderer/charts/prepare/kernelPictures.ts'
import { describeLines, lineColour, spansDecade } from '../../../../../src-renderer/charts/prepare/lines.ts'
import { lossLines, rateLines, scoreLines } from '../../../../../src-renderer/charts/prepare/trainingLines.ts'

const validation = (step: number, changes: Partial<Validation> = {}): Validation => ({ step, loss: 1 / step, wordAccuracy: step / 10, topFive: 1, meanAuc: null, aucByLabel: null, ...changes })
const colours = { training: 'grey', validation: 'blue', accuracy: 'blue', auc: 'violet' }

describe('lossLines', () => {
  it('joins stored losses with those reported since, and puts the validations beside them', () => {
    const stored = { update: Float64Array.of(0, 1), loss: Float64Array.of(4, 3) }
    const [training, validations] = lossLines({ validations: [validation(2)] }, stored, { update: [1, 2], loss: [9, 2] }, colours)
    expect(training!.points).toEqual([{ x: 0, y: 4 }, { x: 1, y: 3 }, { x: 2, y: 2 }])
    expect(validations).toMatchObject({ points: [{ x: 2, y: 0.5 }], dots: true })
  })
})

describe('rateLines', () => {
  const plan = { rate: 0.1, schedule: { kind: 'step', every: 400, factor: 0.5 }, steps: 1000 } as const
  const tones = { planned: 'grey', used: 'blue' }

  it('draws what was used as far as it goes, and the plan from there on', () => {
    const [used, planned] = rateLines(plan, undefined, 500, tones)
    expect([used!.points.at(0), used!.points.at(-1)]).toEqual([{ x: 0, y: 0.1 }, { x: 499, y: 0.05 }])
    expect([planned!.points.at(0), planned!.points.at(-1)]).toEqual([{ x: 500, y: 0.05 }, { x: 999, y: 0.025 }])
    expect(used!.points.length + planned!.points.length).toBeLessThan(420)
    expect(rateLines(plan, undefined, 0, tones)[0]!.points).toEqual([])
    expect(rateLines(plan, undefined, 1000, tones)[1]!.points).toEqual([])
  })

  it('draws the rates that a training went on with', () => {
    const rates = [{ from: 0, rate: 1, schedule: { kind: 'constant' } }, { from: 100, ...plan }] as const
    expect(rateLines(plan, rates, 1000, tones)[0]!.points.filter(({ x }) => x === 99 || x === 100)).toEqual([{ x: 99, y: 1 }, { x: 100, y: 0.1 }])
  })
})

describe('scoreLines', () => {
  it('draws the scores that the heads have, without those that are no numbers', () => {
    expect(scoreLines({ validations: [validation(2), validation(4)] }, 'word accuracy', colours).map(({ name, points }) => [name, points.length])).toEqual([['word accuracy', 2]])
    const sounds = [validation(2, { wordAccuracy: null, meanAuc: NaN }), validation(4, { wordAccuracy: null, meanAuc: 0.7 })]
    expect(scoreLines({ validations: sounds }, 'word accuracy', colours).map(({ name, points }) => [name, points])).toEqual([['mean AUC', [{ x: 4, y: 0.7 }]]])
  })
})

describe('describeLines', () => {
  it('says where each line ends, or that there is none', () => {
    const line = { name: 'training', colour: 'grey', points: [{ x: 0, y: 2 }, { x: 1000, y: 0.5 }] }
    expect(describeLines('loss', [line, { ...line, points: [] }])).toBe('loss: training 0.5 after 1,000 updates.')
    expect(describeLines('loss', [])).toBe('loss: no values yet.')
  })

  it('begins with the first colour again after the last', () => {
    expect(lineColour(8)).toBe(lineColour(0))
    expect(lineColour(1)).not.toBe(lineColour(0))
  })
})

describe('spansDecade', () => {
  it('asks for a logarithmic axis from a factor of ten on', () => {
    const line = (...values: number[]) => ({ name: '', colour: '', points: values.map((y, x) => ({ x, y })) })
    expect(spansDecade([line(5), line(0.5)])).toBe(true)
    expect(spansDecade([line(5, 0.6)])).toBe(false)
    expect(spansDecade([])).toBe(false)
  })
})

describe('describeConfusions', () => {
  const answer = (right: number, said: number) => ({ file: 'a.wav', right, said, probability: 1 })

  it('says how many are right, and the commonest mistake where there is one', () => {
    const cells = confusionCells([answer(1, 1), answer(0, 1), answer(0, 0), answer(0, 1), answer(0, 1)])
    expect(describeConfusions(cells, ['one', 'two'], 'clip')).toBe('2 of 5 clips right (40.0 %); most often "one" was taken for "two", 3 times.')
    expect(describeConfusions(confusionCells([answer(0, 0)]), ['one'], 'picture')).toBe('1 of 1 picture right (100.0 %).')
  })
})

describe('kernelPictures', () => {
  it('draws each kernel with low frequencies at the bottom, red where positive and blue where negative, in one range', () => {
    // Two kernels of two rows and one column; the first is 1 in its lowest row, the second -0.5 there.
    const pictures = kernelPictures([2, 1, 1, 2], [1, -0.5, 0, 0])
    const pixel = (kernel: number, row: number) => [...pictures[kernel]!.rgb.subarray(3 * row, 3 * row + 3)]
    expect(pictures.map(({ height, width }) => [height, width])).toEqual([[2, 1], [2, 1]])
    expect(pixel(0, 1)[0]).toBeGreaterThan(pixel(0, 1)[2]! + 50)
    expect(pixel(1, 1)[2]).toBeGreaterThan(pixel(1, 1)[0]! + 50)
    // Zero is nearly white, in both.
    expect(Math.min(...pixel(0, 0))).toBeGreaterThan(230)
    expect(pixel(1, 0)).toEqual(pixel(0, 0))
  })

  it('draws kernels over three channels in their colours from the top, grey where they are 0', () => {
    // Two kernels of two rows and one column: the first is red at the top, the second takes green away there.
    const [first, second] = kernelPictures([2, 1, 3, 2], [1, 0, 0, -0.5, 0, 0, 0, 0, 0, 0, 0, 0])
    expect([...first!.rgb]).toEqual([255, 128, 128, 128, 128, 128])
    expect([...second!.rgb]).toEqual([128, 64, 128, 128, 128, 128])
  })

  it('draws kernels of zeros without dividing by them', () => {
    expect(Math.min(...kernelPictures([1, 1, 1, 1], [0])[0]!.rgb)).toBeGreaterThan(230)
  })
})
