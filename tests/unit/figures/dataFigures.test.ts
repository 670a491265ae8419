import { expect, it } from 'vitest'
import { figureRequestSchema, usualSize, type dataCharts, type FigureRequest, type FigureSize } from '../../../src-main/domain/figure.ts'
import { surveyedData, type SurveyedData } from '../../../src-main/domain/surveyedData.ts'
import type { WordExample } from '../../../src-main/domain/wordExample.ts'
import { makeFigure } from '../../../src-main/figures/makeFigure.ts'
import type { FigureInput } from '../../../src-main/figures/plannedFigure.ts'

const nothing: FigureInput = { programVersion: '1.2.3', network: null, runs: [], null: null, recognition: [], otherRules: [], compared: null, cochleagrams: null, signals: null, heard: null, trainings: [] }
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!)
/** They are smaller than those on the axes. @returns opacity and text of each */
const numbersAtBars = (svg: string) => [...svg.matchAll(/<text[^>]*font-size="8px"[^>]*opacity="(\d)"[^>]*>([^<]*)</g)].map(([, opacity, text]) => [opacity, text])
const hash = '0123456789abcdef'.repeat(4)
const words: SurveyedData = {
  of: 'words', source: { name: 'speech.csv', hash }, files: 1203,
  splits: [{ split: 'train', clips: 1200, byLabel: { one: 900, three: 300 } }, { split: 'validation', clips: 4, byLabel: { one: 4, three: 0 } }],
  sizes: Float32Array.of(2, 0.5, 1),
}
const drawn = (chart: (typeof dataCharts)[number], data: SurveyedData = words, size: FigureSize = usualSize) => makeFigure({ kind: 'data', chart, data }, nothing, size)

it('draws how many clips of each word are in each split, each on a scale of its own, and says of which there are none', async () => {
  const { svg, records, caption, name, title } = await drawn('counts')
  expect(records).toEqual([
    { data: 'speech.csv', of: 'words', split: 'train', label: 'one', count: 900 }, { data: 'speech.csv', of: 'words', split: 'train', label: 'three', count: 300 },
    { data: 'speech.csv', of: 'words', split: 'validation', label: 'one', count: 4 }, { data: 'speech.csv', of: 'words', split: 'validation', label: 'three', count: 0 },
  ])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['one', 'three', '900', '0', '4', 'clips', '500']))
  // Two labels have thin bars all the same.
  expect([...svg.matchAll(/<path d="[^"]*v([\d.]+)h[^"]*" fill="#0072b2"/g)].map((match) => match[1])).toEqual(['24', '24', '24', '24'])
  expect(svg).toContain('>train<')
  expect(svg).toContain('>1,200 clips<')
  expect(svg).not.toContain('NaN')
  expect(caption).toBe('How many clips of each word the manifest "speech.csv" (SHA-256 0123456789abcdef…) has, by split, each split on a scale of its own. Without a clip: 1 word in validation. n = 1,204 clips (train 1,200, validation 4) of 2 words in 1,203 files. Metamer Lab 1.2.3.')
  expect([name, title]).toEqual(['speech.csv_words-counts_data', 'speech.csv: clips by word'])
})

it('counts a background for each of its labels, and says so', async () => {
  const { caption } = await drawn('counts', { ...words, of: 'backgrounds', source: { name: 'scenes', hash: null }, splits: [{ split: 'train', clips: 2, byLabel: { hum: 2, rain: 1 } }] })
  expect(caption).toContain('How many clips of each label the folder "scenes" has, by split, each split on a scale of its own. A clip with several labels is counted for each. n = 2 clips')
})

it('leaves out the numbers of labels that are too many for them', async () => {
  const byLabel = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`word ${i}`, i + 1]))
  const { svg, records } = await drawn('counts', { ...words, splits: [{ split: 'train', clips: 80_200, byLabel }] })
  expect(records).toHaveLength(400)
  expect(svg.match(/<text[^>]*opacity="1"/g)!.length).toBeLessThan(80)
})

it('leaves out numbers that are too long for their panel, but no nought', async () => {
  const data = { ...words, splits: ['train', 'validation', 'test'].map((split) => ({ split, clips: 2_000_000, byLabel: { one: 1_234_567, three: 0 } })) }
  const opaque = async (size: FigureSize) => numbersAtBars((await drawn('counts', data, size)).svg)
  expect(await opaque({ ...usualSize, widthMm: 60 })).toEqual(Array.from({ length: 3 }, () => [['0', '1,234,567'], ['1', '0']]).flat())
  expect((await opaque({ ...usualSize, widthMm: 300 })).every(([opacity]) => opacity === '1')).toBe(true)
})

it('leaves room for the bars beside long labels, and no numbers over bars that are too narrow, in a small drawing', async () => {
  const small = { widthMm: 40, heightMm: 40, dpi: 300 }
  const { svg } = await drawn('counts', { ...words, splits: [{ split: 'train', clips: 3, byLabel: { 'a sound that has a very long name': 3 } }] }, small)
  expect(Number(svg.match(/<path d="M0,[\d.]+h([\d.]+)v24h[^"]*" fill="#0072b2"/)![1])).toBeGreaterThan(30)
  const sizes = await drawn('sizes', { ...words, sizes: Float32Array.from({ length: 8000 }, (_, i) => 1 + (i % 8)) }, small)
  expect(numbersAtBars(sizes.svg).map(([opacity]) => opacity)).toEqual(Array(7).fill('0'))
})

it('draws how long the files are, and how large pictures', async () => {
  const { svg, records, caption, title } = await drawn('sizes')
  expect(records).toHaveLength(8)
  expect(records.filter(({ files }) => files !== 0)).toEqual([
    { data: 'speech.csv', of: 'words', unit: 's', from: 0.5, to: 0.75, files: 1 }, { data: 'speech.csv', of: 'words', unit: 's', from: 1, to: 1.25, files: 1 }, { data: 'speech.csv', of: 'words', unit: 's', from: 1.75, to: 2, files: 1 },
  ])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['duration (s)', 'files']))
  expect(caption).toBe('Durations of the files of the manifest "speech.csv" (SHA-256 0123456789abcdef…), in 8 bins from 0 on. From 0.50 to 2.00 s, half of them up to 1.00 s. n = 3 files of 1,203 that could be read. Metamer Lab 1.2.3.')
  expect(title).toBe('speech.csv: durations')
  expect((await drawn('sizes', { ...words, sizes: Float32Array.of(2, 2) })).caption).toContain(' All of 2.00 s. ')
  const pictures = await drawn('sizes', { ...words, of: 'pictures', sizes: Float32Array.of(200, 1600) })
  expect([pictures.title, pictures.caption, textsOf(pictures.svg)]).toEqual(['speech.csv: shorter sides', expect.stringContaining('From 200 to 1,600 pixels'), expect.arrayContaining(['shorter side (pixels)'])])
})

it('says what to do where nothing has a label or can be read', async () => {
  await expect(drawn('sizes', { ...words, sizes: new Float32Array() })).rejects.toThrow('No file of "speech.csv" can be read, so there are no durations. Correct the manifest, or put the files there.')
  await expect(drawn('counts', { ...words, splits: [{ split: 'train', clips: 2, byLabel: {} }] })).rejects.toThrow('"speech.csv" gives no clip a label, so there is nothing to count. Fill in its column "labels".')
})

it('takes of a survey what is drawn, a manifest after the other', () => {
  const faults = { missing: [], unreadable: [], shared: [] }
  const sounds = { source: words.source, splits: words.splits, files: 1203, durationsS: words.sizes, rates: [], silent: [], clipped: [], outside: [], ...faults }
  expect(surveyedData({ kind: 'words', speech: sounds, backgrounds: sounds, notices: [] })).toEqual([words, { ...words, of: 'backgrounds' }])
  expect(surveyedData({ kind: 'pictures', pictures: { source: words.source, splits: words.splits, files: 1, sides: Uint32Array.of(7), small: [], plain: [], ...faults }, notices: [] })).toEqual([{ ...words, of: 'pictures', files: 1, sizes: Float32Array.of(7) }])
})

const example: WordExample = {
  number: 2, word: 'seven', file: 'digits/7_theo_3.wav', background: { file: 'scenes/babble_1.wav', labels: ['babble', 'rain'] }, snrDb: -3.24, wav: new Uint8Array(), clipped: 0,
  cochleagram: { rows: 2, columns: 4, maximum: 0.5, data: Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 51), frequenciesHz: Float32Array.of(100, 1000), envelopeRateHz: 2 },
}
const origin = { speech: words.source, backgrounds: { name: 'scenes', hash: null }, seed: 1, dataSeed: 5 }
const heard = { kind: 'audio' as const, sampleRateHz: 4, data: Int16Array.of(0, 16384, -32768, 0) }
const mixed = (chart: 'cochleagram' | 'waveform', changes: Partial<WordExample> = {}) => makeFigure({ kind: 'example', chart, example: { ...example, ...changes }, origin }, { ...nothing, heard }, usualSize)
const made = 'From the manifest "speech.csv" (SHA-256 0123456789abcdef…) and the folder "scenes"; order by seed 1, mixture by data seed 5. n = 1 example. Metamer Lab 1.2.3.'

it('draws the cochleagram of a mixed example, and says what was mixed', async () => {
  const { svg, records, caption, name, title } = await mixed('cochleagram')
  expect(records).toEqual([{ example: 3, frequencyHz: 100, '0.0000 s': 0.5, '0.5000 s': 0, '1.0000 s': 0, '1.5000 s': 0 }, { example: 3, frequencyHz: 1000, '0.0000 s': 0, '0.5000 s': 0, '1.0000 s': 0, '1.5000 s': 0.1 }])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['"seven" in babble, rain at −3.2 dB: cochleagram', 'example 3', 'frequency (Hz)', 'time (s)', 'envelope']))
  expect(caption).toBe(`Cochleagram of example 3 in the order of a training, as the training hears it: "seven" (digits/7_theo_3.wav) in babble, rain (scenes/babble_1.wav) at −3.2 dB, at RMS 0.1; compressed envelopes of 2 bands, 2 values a second, in 256 steps. ${made}`)
  expect([name, title]).toEqual(['speech.csv_words-example-3-cochleagram_data', '"seven" in babble, rain at −3.2 dB: cochleagram'])
})

it('draws the waveform of a mixed example, and gives every sample', async () => {
  const { svg, records, caption } = await mixed('waveform', { background: null, snrDb: null })
  expect(records).toEqual([{ sample: 0, timeS: 0, amplitude: 0 }, { sample: 1, timeS: 0.25, amplitude: 0.5 }, { sample: 2, timeS: 0.5, amplitude: -1 }, { sample: 3, timeS: 0.75, amplitude: 0 }])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['"seven" alone: waveform', 'example 3', 'time (s)', 'amplitude (full scale: 1)']))
  expect(caption).toBe(`Waveform of example 3 in the order of a training, as the training hears it: "seven" (digits/7_theo_3.wav) alone, at RMS 0.1; 16 bits, 4 samples a second, drawn as the range of every stretch of 1. ${made}`)
  expect((await mixed('waveform', { clipped: 2 })).caption).toContain('every stretch of 1; 2 samples beyond full scale, heard whole by the training, cut to it here. From')
})

it('is asked for with the values, which are checked', () => {
  const request: FigureRequest = { kind: 'example', chart: 'cochleagram', example, origin }
  expect(figureRequestSchema.parse(request)).toEqual(request)
  expect(figureRequestSchema.parse({ kind: 'data', chart: 'counts', data: words })).toEqual({ kind: 'data', chart: 'counts', data: words })
  const torn = figureRequestSchema.safeParse({ ...request, example: { ...example, cochleagram: { ...example.cochleagram, rows: 3 } } })
  expect(torn.error!.issues[0]!.message).toBe('has other than rows times columns values, or not one frequency for each row')
})
