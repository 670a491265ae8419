import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encodePng } from '../../../../src-main/media/encodePng.ts'
import { encodeWav } from '../../../../src-main/media/encodeWav.ts'
import { hearing } from '../../../../src-main/worker/hearing.ts'
import { listenTo, type HeardFile } from '../../../../src-main/worker/training/listenTo.ts'
import { lookAt, type SeenFile } from '../../../../src-main/worker/training/lookAt.ts'
import { fromCsv } from '../../../../src-main/worker/training/manifest.ts'
import { soundFacts } from '../../../../src-main/worker/training/soundFacts.ts'
import { pictureSurveyOf, soundSurveyOf } from '../../../../src-main/worker/training/surveyOf.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'

it('calls a sound silent whose peak lies below -80 dB once its mean is removed', () => {
  const offset = (deviation: number) => Float32Array.from({ length: 100 }, (_, i) => 0.5 + (i % 2 ? deviation : -deviation))
  expect(soundFacts(offset(0.00009)).silent).toBe(true)
  expect(soundFacts(offset(0.00011)).silent).toBe(false)
})

it('calls a sound clipped that has three equal samples in a row at full scale', () => {
  expect(soundFacts(Float32Array.of(0, -1, -1, -1, 0)).clipped).toBe(true)
  expect(soundFacts(Float32Array.of(0, 1, 1, 0, 1, 1, -1)).clipped).toBe(false)
  expect(soundFacts(Float32Array.of(0, 0.9, 0.9, 0.9, 0.9)).clipped).toBe(false)
})

it('tells a missing file from one that cannot be read', async () => {
  const folder = temporaryFolder()
  const [good, bad] = [path.join(folder, 'good.wav'), path.join(folder, 'bad.wav')]
  writeFileSync(good, encodeWav({ kind: 'audio', sampleRateHz: 8000, data: new Int16Array(4000) }, 'nothing'))
  writeFileSync(bad, 'no sound')
  expect(await listenTo(good)).toEqual({ file: good, durationS: 0.5, rateHz: 8000, silent: true, clipped: false, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await listenTo(path.join(folder, 'gone.wav'))).toMatchObject({ missing: true })
  expect(await listenTo(bad)).toMatchObject({ unreadable: expect.stringContaining('bad.wav') })
})

it('counts clips by split and label, and each file once', () => {
  const clips = fromCsv('file,label,split\na.wav,one,train\na.wav,two,train\nb.wav,one,validation\nc.wav,one,train\nd.wav,two,test', '/d/m.csv')
  const sound = { durationS: 1, rateHz: 20_000, silent: false, clipped: false, hash: 'x' }
  const heard = new Map<string, HeardFile>([
    ['/d/a.wav', { file: '/d/a.wav', ...sound, clipped: true }],
    ['/d/b.wav', { file: '/d/b.wav', ...sound, hash: 'y', rateHz: 8000, silent: true }],
    ['/d/c.wav', { file: '/d/c.wav', missing: true }],
    ['/d/d.wav', { file: '/d/d.wav', unreadable: 'cut short' }],
  ])
  expect(soundSurveyOf(clips, heard, hearing)).toEqual({
    splits: [
      { split: 'train', clips: 3, byLabel: { one: 2, two: 1 } },
      { split: 'validation', clips: 1, byLabel: { one: 1, two: 0 } },
      { split: 'test', clips: 1, byLabel: { one: 0, two: 1 } },
    ],
    files: 4, durationsS: Float32Array.of(1, 1), rates: [{ rateHz: 8000, files: 1 }, { rateHz: 20_000, files: 1 }],
    missing: ['d/c.wav'], unreadable: [{ file: 'd/d.wav', why: 'cut short' }], silent: ['d/b.wav'], clipped: ['d/a.wav'], outside: [], shared: [],
  })
})

it('names clips outside their file, and sounds that lie in several splits, byte for byte and from the same time on', () => {
  const clips = fromCsv('file,label,split,start\na.wav,one,train,0\na.wav,two,test,3\na.wav,two,validation,0\nb.wav,one,train,0\nc.wav,one,test,0\nd.wav,two,train,2500', '/d/m.csv')
  const sound = (name: string, hash: string): [string, HeardFile] => [`/d/${name}`, { file: `/d/${name}`, durationS: 5, rateHz: 20_000, silent: false, clipped: false, hash }]
  const { shared, outside } = soundSurveyOf(clips, new Map([sound('a.wav', 'x'), sound('b.wav', 'y'), sound('c.wav', 'y'), sound('d.wav', 'z')]), hearing)
  expect(shared).toEqual(['d/a.wav', 'd/b.wav', 'd/c.wav'])
  expect(outside).toEqual(['Line 7 of the manifest lets a clip of "d/d.wav" start at 2500 s, where the file has 5 s. Are the times in seconds? Correct the column "start".'])
  const words = fromCsv('file,label,split,word_start,word_end\na.wav,one,train,1,4\na.wav,two,train,0,1', '/d/m.csv')
  expect(soundSurveyOf(words, new Map([sound('a.wav', 'x')]), hearing).outside).toEqual([
    'Line 3 of the manifest has the word of "d/a.wav" from 0 to 1 s, and the file\'s middle, 1.5 to 3.5 s, holds nothing of it. Let "start" be half the clip\'s 2 s before the word\'s middle.',
  ])
  const apart = fromCsv('file,label,split,start\na.wav,one,train,0\na.wav,two,test,3', '/d/m.csv')
  expect(soundSurveyOf(apart, new Map([sound('a.wav', 'x')]), hearing).shared, 'two parts of one recording').toEqual([])
})

it('sees the size of a picture, and whether it is of one colour', async () => {
  const folder = temporaryFolder()
  const [plain, other, bad] = ['plain.png', 'other.png', 'bad.png'].map((name) => path.join(folder, name)) as [string, string, string]
  const rgb = Uint8Array.from({ length: 2 * 3 * 3 }, (_, i) => [10, 20, 30][i % 3]!)
  writeFileSync(plain, encodePng({ kind: 'image', height: 2, width: 3, data: rgb }, {}))
  writeFileSync(other, encodePng({ kind: 'image', height: 2, width: 3, data: rgb.with(17, 31) }, {}))
  writeFileSync(bad, 'no picture')
  expect(await lookAt(plain)).toMatchObject({ height: 2, width: 3, plain: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await lookAt(other)).toMatchObject({ plain: false })
  expect(await lookAt(bad)).toMatchObject({ unreadable: expect.stringContaining('bad.png') })
  expect(await lookAt(path.join(folder, 'gone.png'))).toMatchObject({ missing: true })
})

it('names small pictures, those of one colour, and those that lie in several splits', () => {
  const clips = fromCsv('file,label,split\na.png,one,train\nb.png,two,train\nc.png,one,validation\nd.png,two,test\na.png,one,train', '/d/m.csv')
  const picture = (name: string, height: number, hash: string, plain = false): [string, SeenFile] => [`/d/${name}`, { file: `/d/${name}`, height, width: 300, plain, hash }]
  const seen = new Map([picture('a.png', 224, 'x'), picture('b.png', 223, 'y'), picture('c.png', 400, 'z', true), picture('d.png', 224, 'x')])
  expect(pictureSurveyOf(clips, seen, { height: 224, width: 224 })).toEqual({
    splits: [
      { split: 'train', clips: 3, byLabel: { one: 2, two: 1 } },
      { split: 'validation', clips: 1, byLabel: { one: 1, two: 0 } },
      { split: 'test', clips: 1, byLabel: { one: 0, two: 1 } },
    ],
    files: 4, sides: Uint32Array.of(224, 223, 300, 224), missing: [], unreadable: [], small: ['d/b.png'], plain: ['d/c.png'], shared: ['d/a.png', 'd/d.png'],
  })
})
