import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encodeWav } from '../../../../src-main/media/encodeWav.ts'
import { listenTo, type HeardFile } from '../../../../src-main/worker/training/listenTo.ts'
import { fromCsv } from '../../../../src-main/worker/training/manifest.ts'
import { soundFacts } from '../../../../src-main/worker/training/soundFacts.ts'
import { surveyOf } from '../../../../src-main/worker/training/surveyOf.ts'
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

it('tells a missing file from one that cannot be read', () => {
  const folder = temporaryFolder()
  const [good, bad] = [path.join(folder, 'good.wav'), path.join(folder, 'bad.wav')]
  writeFileSync(good, encodeWav({ kind: 'audio', sampleRateHz: 8000, data: new Int16Array(4000) }, 'nothing'))
  writeFileSync(bad, 'no sound')
  expect(listenTo(good)).toEqual({ file: good, durationS: 0.5, rateHz: 8000, silent: true, clipped: false })
  expect(listenTo(path.join(folder, 'gone.wav'))).toMatchObject({ missing: true })
  expect(listenTo(bad)).toMatchObject({ unreadable: expect.stringContaining('bad.wav') })
})

it('counts clips by split and label, and each file once', () => {
  const clips = fromCsv('file,label,split\na.wav,one,train\na.wav,two,train\nb.wav,one,validation\nc.wav,one,train\nd.wav,two,test', '/d/m.csv')
  const sound = { durationS: 1, rateHz: 20_000, silent: false, clipped: false }
  const heard = new Map<string, HeardFile>([
    ['/d/a.wav', { file: '/d/a.wav', ...sound, clipped: true }],
    ['/d/b.wav', { file: '/d/b.wav', ...sound, rateHz: 8000, silent: true }],
    ['/d/c.wav', { file: '/d/c.wav', missing: true }],
    ['/d/d.wav', { file: '/d/d.wav', unreadable: 'cut short' }],
  ])
  expect(surveyOf(clips, heard)).toEqual({
    splits: [
      { split: 'train', clips: 3, byLabel: { one: 2, two: 1 } },
      { split: 'validation', clips: 1, byLabel: { one: 1, two: 0 } },
      { split: 'test', clips: 1, byLabel: { one: 0, two: 1 } },
    ],
    files: 4, durationsS: Float32Array.of(1, 1), rates: [{ rateHz: 8000, files: 1 }, { rateHz: 20_000, files: 1 }],
    missing: ['d/c.wav'], unreadable: [{ file: 'd/d.wav', why: 'cut short' }], silent: ['d/b.wav'], clipped: ['d/a.wav'],
  })
})
