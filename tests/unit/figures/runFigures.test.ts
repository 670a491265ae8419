import sharp from 'sharp'
import { expect, it } from 'vitest'
import { usualSize, type FigureRequest } from '../../../src-main/domain/figure.ts'
import type { CochleagramPicture, QuantisedSignal } from '../../../src-main/domain/stimulus.ts'
import { makeFigure } from '../../../src-main/figures/makeFigure.ts'
import type { FigureInput } from '../../../src-main/figures/plannedFigure.ts'
import { waveformColumns } from '../../../src-main/figures/prepare/waveformColumns.ts'
import { detailOf, finished, run } from '../../helpers/fakeLab/data.ts'

const nothing: FigureInput = { programVersion: '1.2.3', network: null, runs: [], null: null, recognition: [], otherRules: [], compared: null, cochleagrams: null, signals: null, heard: null, trainings: [] }
const one = detailOf(finished(1, 'included'))
const drawn = (kind: 'cochleagrams' | 'waveforms' | 'labels', input: Partial<FigureInput> = {}) => makeFigure({ kind, run: 1 } as FigureRequest, { ...nothing, runs: [one], ...input }, usualSize)
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!)
const made = 'n = 1 metamer of 1 reference; protocol "quick look" (500 updates); null distributions of 2,000 random pairs per layer. Metamer Lab 1.2.3.'

/** Two bands, four moments. */
const picture = (maximum: number, data: number[]): CochleagramPicture => ({ rows: 2, columns: 4, maximum, data: Uint8Array.from(data), frequenciesHz: Float32Array.of(100, 1000), envelopeRateHz: 2 })
const cochleagrams = { reference: picture(0.5, [255, 0, 0, 0, 0, 0, 0, 51]), metamer: picture(0.25, [255, 0, 0, 0, 0, 0, 0, 0]) }

it('draws both cochleagrams in one range, low frequencies at the bottom, and gives their values', async () => {
  const { svg, records, caption, name, title } = await drawn('cochleagrams', { cochleagrams })
  expect(records).toHaveLength(4)
  expect(records[0]).toEqual({ run: 1, signal: 'reference', frequencyHz: 100, '0.0000 s': 0.5, '0.5000 s': 0, '1.0000 s': 0, '1.5000 s': 0 })
  expect([records[1]!['1.5000 s'], records[2]!['0.0000 s']]).toEqual([0.1, 0.25])
  const pixels = await Promise.all([...svg.matchAll(/href="data:image\/png;base64,([^"]*)"/g)].map((match) => sharp(Buffer.from(match[1]!, 'base64')).removeAlpha().raw().toBuffer()))
  const colourAt = (side: number, row: number, column: number) => [...pixels[side]!.subarray(3 * (4 * row + column), 3 * (4 * row + column) + 3)]
  // The largest of both in the last colour of the scale, half of it in the middle, nothing in the first.
  expect([colourAt(0, 1, 0), colourAt(1, 1, 0), colourAt(0, 0, 0)]).toEqual([[252, 253, 191], [183, 55, 122], [0, 0, 4]])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['reference', 'metamer', 'frequency (Hz)', '500', 'time (s)', 'envelope', '0.5']))
  expect(caption).toBe(`Cochleagrams of the metamer generated at block1 of efficientnet-lite0 (run 1, seed 1) and of its reference "cat.png", in one range: compressed envelopes of 2 bands, 2 values a second, in 256 steps. ${made}`)
  expect([name, title]).toEqual(['efficientnet-lite0_block1_run1_cochleagrams_quick-look', 'efficientnet-lite0, block1: cochleagrams of run 1'])
})

it('draws cochleagrams of silence', async () => {
  const silence = picture(0, Array(8).fill(0))
  const { svg } = await drawn('cochleagrams', { cochleagrams: { reference: silence, metamer: silence } })
  expect(svg).not.toContain('NaN')
})

const sound = (...data: number[]): QuantisedSignal => ({ kind: 'audio', sampleRateHz: 4, data: Int16Array.from(data) })

it('draws both waveforms at one scale, and gives every sample', async () => {
  const { svg, records, caption } = await drawn('waveforms', { signals: { reference: sound(0, 16384, -32768, 0), metamer: sound(0, 8192, 0, 0) } })
  expect(records).toEqual([{ sample: 0, timeS: 0, reference: 0, metamer: 0 }, { sample: 1, timeS: 0.25, reference: 0.5, metamer: 0.25 }, { sample: 2, timeS: 0.5, reference: -1, metamer: 0 }, { sample: 3, timeS: 0.75, reference: 0, metamer: 0 }])
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['reference', 'metamer', 'time (s)', 'amplitude (full scale: 1)']))
  expect(caption).toBe(`Waveforms of the metamer generated at block1 of efficientnet-lite0 (run 1, seed 1) and of its reference "cat.png", at one scale: 16 bits, 4 samples a second, drawn as the range of every stretch of 1. ${made}`)
})

it('draws the only sound of a run that moved the cochleagram, and names what an inverting run matched', async () => {
  const moved: QuantisedSignal = { kind: 'cochleagram', frontEnd: 'cochleagram', rows: 1, columns: 1, data: new Float32Array(1) }
  const alone = await drawn('waveforms', { signals: { reference: sound(0, 0), metamer: moved } })
  expect(alone.svg).not.toContain('NaN')
  expect([Object.keys(alone.records[0]!), alone.caption]).toEqual([['sample', 'timeS', 'reference'], expect.stringMatching(/^Waveform of the reference "cat\.png" of run 1, whose metamer is a cochleagram and has none: 16 bits/)])
  const inverting = await drawn('waveforms', { runs: [{ ...one, inverts: 7 }], signals: { reference: moved, metamer: sound(1) } })
  expect([Object.keys(inverting.records[0]!), inverting.caption]).toEqual([['sample', 'timeS', 'metamer'], expect.stringMatching(/^Waveform of the sound generated at block1 of efficientnet-lite0 \(run 1, seed 1\), which makes the cochleagram of run 7 audible: 16 bits/)])
})

it('keeps the peaks of a waveform that has more samples than a panel has room', () => {
  const columns = waveformColumns(Int16Array.from({ length: 1000 }, (_, i) => (i === 500 ? 32767 : i === 501 ? -32768 : 0)), 1000, 10)
  expect(columns).toHaveLength(10)
  expect(columns[5]).toEqual({ timeS: 0.55, lowest: -1, highest: 32767 / 32768 })
  expect(columns[4]).toEqual({ timeS: 0.45, lowest: 0, highest: 0 })
})

it('draws the labels of both, a pair of bars each', async () => {
  const { svg, records, caption } = await drawn('labels')
  expect(records[0]).toEqual({ run: 1, signal: 'reference', rank: 1, index: 281, label: 'tabby', probability: 0.61 })
  expect(records.filter(({ signal }) => signal === 'metamer')).toHaveLength(5)
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['tabby', 'Egyptian cat', 'reference', 'metamer', 'probability', '61.0 %', '&lt; 0.1 %']))
  expect(textsOf(svg).filter((text) => text === 'tabby')).toHaveLength(1)
  expect(caption).toBe(`What efficientnet-lite0 calls the metamer generated at block1 of efficientnet-lite0 (run 1, seed 1) and its reference "cat.png": the best labels of each (5) with their probabilities; no bar: not among them. By the 16-way rule: reference "cat", metamer "cat". ${made}`)
})

it('says what to do where a run has nothing to draw', async () => {
  const waiting = { runs: [detailOf(run(1))] }
  await expect(drawn('cochleagrams', waiting)).rejects.toThrow('There are no cochleagrams of run 1. Choose a finished run of a network that hears.')
  await expect(drawn('waveforms', { signals: { reference: { kind: 'image', height: 1, width: 1, data: new Uint8Array(3) }, metamer: { kind: 'image', height: 1, width: 1, data: new Uint8Array(3) } } })).rejects.toThrow('There is no sound of run 1. Choose a finished run of a network that hears.')
  await expect(drawn('labels', waiting)).rejects.toThrow('There are no labels of run 1: it is not finished, or its network names nothing. Choose another run.')
})
