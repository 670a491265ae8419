import { expect, it } from 'vitest'
import type { WordExample } from '../../../src-main/domain/wordExample.ts'
import { handedInput } from '../../../src-main/host/handedInput.ts'
import { encodeWav } from '../../../src-main/media/encodeWav.ts'

const heard = { kind: 'audio' as const, sampleRateHz: 8000, data: Int16Array.of(0, 1, -1, 32767, -32768) }
const example: WordExample = {
  number: 2, word: 'seven', file: 'd/7.wav', background: null, snrDb: null, wav: encodeWav(heard, 'example 3'), clipped: 0,
  cochleagram: { rows: 1, columns: 1, maximum: 1, data: Uint8Array.of(1), frequenciesHz: Float32Array.of(100), envelopeRateHz: 2 },
}
const origin = { speech: { name: 'speech.csv', hash: null }, backgrounds: null, seed: 1, dataSeed: 1 }

it('gives the samples of an example as they were rounded, bit for bit', () => {
  expect(handedInput({ kind: 'example', chart: 'waveform', example, origin }, '1.2.3')).toMatchObject({ programVersion: '1.2.3', heard })
})

it('refuses an example that is no sound', () => {
  expect(() => handedInput({ kind: 'example', chart: 'waveform', example: { ...example, wav: Uint8Array.of(1, 2) }, origin }, '1.2.3')).toThrow('"example 3" is')
})
