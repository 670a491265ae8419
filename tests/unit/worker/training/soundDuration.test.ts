import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ascii, concat } from '../../../../src-main/media/bytes.ts'
import { encodeWav } from '../../../../src-main/media/encodeWav.ts'
import { riffChunk, riffChunks, writeRiff } from '../../../../src-main/media/riff.ts'
import { hearing } from '../../../../src-main/worker/hearing.ts'
import { isOutside } from '../../../../src-main/worker/training/clipPlace.ts'
import { soundDurationS } from '../../../../src-main/worker/training/soundDuration.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'

function written(bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), 'a.wav')
  writeFileSync(file, bytes)
  return file
}

const wav = encodeWav({ kind: 'audio', sampleRateHz: 8000, data: new Int16Array(12_000) }, 'silence')

it('tells the duration of a sound by its header, also where that is long', async () => {
  expect(await soundDurationS(written(wav))).toBe(1.5)
  const [format, samples] = ['fmt ', 'data'].map((id) => riffChunks(wav).find((chunk) => chunk.id === id)!.body) as [Uint8Array, Uint8Array]
  expect(await soundDurationS(written(writeRiff('WAVE', [['fmt ', format], ['LIST', new Uint8Array(10_000)], ['data', samples]])))).toBe(1.5)
})

it('counts what a file that was cut short has', async () => {
  expect(await soundDurationS(written(wav.subarray(0, wav.length - 8000)))).toBeLessThan(1.1)
})

it('refuses what is no sound', async () => {
  await expect(soundDurationS(written(concat([ascii('ID3'), new Uint8Array(20)])))).rejects.toThrow(/holds an MP3 sound, which cannot be read here. Convert it to WAV/)
  await expect(soundDurationS(written(riffChunk('RIFF', ascii('WAVE'))))).rejects.toThrow(/is cut short: it ends inside its header/)
  await expect(soundDurationS('/nowhere/a.wav')).rejects.toThrow(/The sound "\/nowhere\/a.wav" cannot be read/)
})

it.each([[null, false], [0, false], [1.49, false], [1.5, true], [-1.9, false], [-2, true]])('finds a clip that starts at %s s outside a file of 1.5 s: %s', (startS, outside) => {
  expect(isOutside({ startS }, 1.5, hearing)).toBe(outside)
})
