import { expect, it } from 'vitest'
import { usualSize, type FigureRequest } from '../../../src-main/domain/figure.ts'
import { makeFigure } from '../../../src-main/figures/makeFigure.ts'
import type { DrawnTraining } from '../../../src-main/figures/plannedFigure.ts'
import { examination, examinedTraining as tones, trainingResult } from '../../helpers/examinedTraining.ts'
import { pictureTrainingPlan, trainingPlan } from '../../helpers/trainingPlan.ts'

const nothing = { programVersion: '1.2.3', network: null, runs: [], null: null, recognition: [], otherRules: [], compared: null, cochleagrams: null, signals: null, heard: null }
const drawn = (request: FigureRequest, ...trainings: DrawnTraining[]) => makeFigure(request, { ...nothing, trainings }, usualSize)
const ofOne = (kind: 'confusions' | 'areas' | 'kernels', changes: Partial<DrawnTraining> = {}) => drawn({ kind, training: 1 }, { ...tones, ...changes })
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!)
const words = 'n = 1 training: "tones" (word and sounds, word CNN, aliased; 6 of 6 updates of 4 examples, seed 1). Metamer Lab 1.2.3.'
const pictures = pictureTrainingPlan({ name: 'birds' })

it('draws what a network took for what, with numbers in the cells', async () => {
  const { svg, records, caption, name, title } = await ofOne('confusions')
  expect(records).toEqual([
    { training: 'tones', split: 'test', right: 'low', said: 'low', count: 3, share: 0.75 },
    { training: 'tones', split: 'test', right: 'low', said: 'high, "very"', count: 1, share: 0.25 },
    { training: 'tones', split: 'test', right: 'high, "very"', said: 'high, "very"', count: 1, share: 1 },
  ])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['right word', 'word given', 'low', 'high, "very"', '3', 'share', '100%']))
  expect(caption).toBe(`How often clean clips of each right word (rows) were taken for it or another (columns): share of the right word's clips by colour, their number in the cell; white: never. 5 clips of the test, 2 words, 80.0 % right. ${words}`)
  expect([name, title]).toEqual(['tones_confusions_training', 'tones: confusions'])
  const ofPictures = await ofOne('confusions', { plan: pictures })
  expect(ofPictures.caption).toContain('How often whole pictures of each right label (rows)')
})

it('leaves the numbers of many words out of the cells, and thins their names out', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `word ${i}`)
  const answers = names.map((_, i) => ({ file: 'a.wav', right: i, said: i, probability: 1 }))
  const { svg, records, caption } = await ofOne('confusions', { examination: { ...examination, words: names, answers } })
  expect([records.length, caption.includes('number in the cell')]).toEqual([200, false])
  expect(svg.match(/<text[^>]*opacity="1"/g)!.length).toBeLessThan(120)
})

it('draws the area of each sound from chance on, best first, and tells those that have none', async () => {
  const { svg, records, caption, name } = await ofOne('areas')
  expect(records).toEqual([{ training: 'tones', update: 6, sound: 'whistle', area: 0.9 }, { training: 'tones', update: 6, sound: 'hum', area: 0.5 }, { training: 'tones', update: 6, sound: 'hiss', area: null }])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['whistle', 'hum', 'area under the ROC curve']))
  expect(textsOf(svg)).not.toContain('hiss')
  expect(caption).toBe(`Area under the ROC curve of each background sound, on the validation clips, of the network that was kept (after 6 updates); dashed: chance. 2 sounds, mean 0.700. Not drawn: 1 sound in all or none of the clips, without an area. ${words}`)
  expect(name).toBe('tones_areas_training')
})

it('lays the first kernels out on one sheet, low frequencies at the bottom, and gives every weight', async () => {
  const { svg, records, caption, name } = await ofOne('kernels')
  expect(records).toHaveLength(12)
  expect([records[0], records[6]]).toEqual([{ training: 'tones', kernel: 1, row: 0, column: 0, channel: 0, weight: 1 }, { training: 'tones', kernel: 2, row: 0, column: 0, channel: 0, weight: -0.5 }])
  const boxes = [...svg.matchAll(/<path d="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)[^"]*" fill="(rgb[^"]+)"/g)].map((match) => [...match.slice(1, 5).map(Number), match[5]!] as [number, number, number, number, string])
  // Square, and the only red one lies in the lower row.
  expect(boxes).toHaveLength(12)
  for (const [, , width, height] of boxes) expect(width).toBeCloseTo(height, 6)
  const red = boxes.find(([, , , , colour]) => Number(/\d+/.exec(colour)![0]) > 1.5 * Number(colour.split(',')[2]!.replace(')', '')))!
  expect(red[1]).toBeGreaterThan(Math.min(...boxes.map(([, top]) => top)))
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['1', '2', 'weight', '−1']))
  expect(caption).toBe(`2 kernels of the first convolution, 2 × 3 over frequency (low at the bottom) and time, in one range; red: positive, blue: negative. ${words}`)
  expect(name).toBe('tones_first-kernels_training')
})

it('says whose first layer it is where that is no convolution', async () => {
  const ofCells = async (cells: number) => (await ofOne('kernels', { plan: trainingPlan({ name: 'tones' }, {}, { form: 'deepspeech', cells }) })).caption
  expect(await ofCells(2)).toMatch(/^2 kernels of the first layer, 2 × 3 over MFCC \(the first at the bottom\) and time, in one range; .* "tones" \(word, deepspeech; 6 of 6 updates/)
  expect(await ofCells(6), 'not all are looked at').toMatch(/^The first 2 of 6 kernels of the first layer, 2 × 3/)
})

it('draws kernels over three channels in their colours, from the top', async () => {
  const kernels = { shape: [2, 1, 3, 1], data: Float32Array.of(0.5, 0, 0, 0, -0.5, 0) }
  const { svg, caption, records } = await ofOne('kernels', { plan: pictures, examination: { ...examination, kernels } })
  const tops = (colour: string) => Number(svg.split(`fill="${colour}"`)[0]!.match(/d="M[\d.]+,([\d.]+)[^"]*" $/)![1])
  expect(tops('rgb(255, 128, 128)')).toBeLessThan(tops('rgb(128, 0, 128)'))
  expect(caption).toContain('1 kernel of the first convolution, 2 × 1 over rows and columns of the picture, in one range; in their colours: grey is 0, and each of red, green and blue goes from −0.500 (none of it) to 0.500 (all of it).')
  expect(records.map(({ channel, weight }) => [channel, weight])).toEqual([[0, 0.5], [1, 0], [2, 0], [0, 0], [1, -0.5], [2, 0]])
})

it('draws kernels that are all 0', async () => {
  const { svg } = await ofOne('kernels', { examination: { ...examination, kernels: { shape: [1, 1, 1, 1], data: new Float32Array(1) } } })
  expect(svg).not.toContain('NaN')
})

const tests: FigureRequest = { kind: 'tests', trainings: [1] }

it('draws the scores of the tests by SNR, clean last and apart', async () => {
  const { svg, records, caption, title } = await drawn(tests, tones)
  expect(records[2]).toEqual({ training: 'tones', split: 'test', condition: '−5 dB', snrDb: -5, examples: 8, accuracy: 0.25, topFive: 1, meanAuc: NaN, loss: 0.8 })
  expect(textsOf(svg).filter((text) => / dB$|^clean$/.test(text))).toEqual(['−5 dB', '5 dB', 'clean'])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['word accuracy', 'mean AUC', 'word accuracy, unseen speakers', 'score']))
  expect(caption).toBe(`Share of words recognised, and mean area under the ROC curve, on 4 to 8 examples that were not trained on, by signal-to-noise ratio ("clean": nothing mixed in). ${words}`)
  expect(title).toBe('tones: tests')
})

it('draws the tests of several trainings, and says which have none', async () => {
  const birds = { ...tones, id: 2, plan: pictures, result: { ...trainingResult, tests: trainingResult.tests.slice(0, 1) } }
  const { svg, caption } = await drawn({ ...tests, trainings: [1, 2, 3] }, tones, birds, { ...tones, id: 3, result: null })
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['tones, word accuracy', 'birds, accuracy', 'whole pictures']))
  expect(caption).toContain('Left out: 1 training without a test. n = 2 trainings: "tones"')
})

it('says what to do where there is nothing to draw', async () => {
  await expect(ofOne('kernels', { result: null, examination: null })).rejects.toThrow('The training "tones" is not finished, so there is no network to look at. Wait for its end.')
  await expect(ofOne('confusions', { examination: null })).rejects.toThrow('The network of the training "tones" was not looked at closely yet. Press "Examine it" in the Training view first.')
  await expect(ofOne('confusions', { examination: { ...examination, answers: [] } })).rejects.toThrow('The network of the training "tones" names no words, so nothing is confused.')
  await expect(ofOne('areas', { result: { ...trainingResult, best: { ...trainingResult.best, aucByLabel: null } } })).rejects.toThrow('The network of the training "tones" tells no background sounds')
  await expect(ofOne('areas', { result: { ...trainingResult, best: { ...trainingResult.best, aucByLabel: [NaN, NaN, NaN] } } })).rejects.toThrow('No background sound of the training "tones" is in some validation clips and missing in others')
  await expect(drawn(tests, { ...tones, result: { ...trainingResult, tests: [] } })).rejects.toThrow('No test of "tones" is stored.')
})

it('says in words which curves and scores are drawn, and no others', async () => {
  const captionOf = async (request: FigureRequest, ...trainings: DrawnTraining[]) => (await drawn(request, ...trainings)).caption.split('. ')[0]
  const lossCurve = { update: Float64Array.of(0, 1), loss: Float64Array.of(4, 2) }
  const loss: FigureRequest = { kind: 'training', trainings: [1], curve: 'loss' }
  const updates = 'Loss before each update of the training (at most 2,000 of them, evenly spaced)'
  expect(await captionOf(loss, { ...tones, lossCurve })).toBe(`${updates} and at each validation (dots), logarithmic`)
  expect(await captionOf(loss, { ...tones, lossCurve, validations: [] })).toBe(`${updates}, logarithmic`)
  expect(await captionOf(loss, tones)).toBe('Loss at each validation (dots), logarithmic')
  const scores: FigureRequest = { kind: 'training', trainings: [1], curve: 'scores' }
  expect(await captionOf(scores, tones)).toBe('Scores on the validation examples: word accuracy and mean AUC')
  expect(await captionOf(scores, { ...tones, validations: [{ ...trainingResult.best, meanAuc: null }] })).toBe('Scores on the validation examples: word accuracy')
  const test = trainingResult.tests[0]!
  const birds = { ...tones, plan: pictures, result: { ...trainingResult, tests: [{ ...test, meanAuc: null }] } }
  expect(await captionOf({ kind: 'tests', trainings: [1] }, birds)).toBe('Share of pictures recognised, on 8 examples that were not trained on')
  expect(await captionOf({ kind: 'tests', trainings: [1] }, { ...birds, plan: tones.plan })).toBe('Share of words recognised, on 8 examples that were not trained on ("clean": nothing mixed in)')
})

it('says that tests have no score that is defined, rather than fail', async () => {
  const tests = trainingResult.tests.map((test) => ({ ...test, wordAccuracy: null, meanAuc: NaN }))
  await expect(drawn({ kind: 'tests', trainings: [1] }, { ...tones, result: { ...trainingResult, tests } })).rejects.toMatchObject({
    code: 'UsageError', message: 'No score of the tests of "tones" is defined: their examples hold no word, and no sound is in some of them and missing in others. Test on others.',
  })
})
