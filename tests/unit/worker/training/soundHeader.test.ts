import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ascii, concat } from '../../../../src-main/media/bytes.ts'
import { encodeWav } from '../../../../src-main/media/encodeWav.ts'
import { riffChunk, riffChunks, writeRiff } from '../../../../src-main/media/riff.ts'
import { hearing } from '../../../../src-main/worker/hearing.ts'
import { misplacedText } from '../../../../src-main/worker/training/clipPlace.ts'
import { readSoundHeader } from '../../../../src-main/worker/training/soundHeader.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'

function written(bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), 'a.wav')
  writeFileSync(file, bytes)
  return file
}

const wav = encodeWav({ kind: 'audio', sampleRateHz: 8000, data: new Int16Array(12_000) }, 'silence')

it('tells duration and rate of a sound by its header, also where that is long', async () => {
  expect(await readSoundHeader(written(wav))).toEqual({ durationS: 1.5, rateHz: 8000 })
  const [format, samples] = ['fmt ', 'data'].map((id) => riffChunks(wav).find((chunk) => chunk.id === id)!.body) as [Uint8Array, Uint8Array]
  expect(await readSoundHeader(written(writeRiff('WAVE', [['fmt ', format], ['LIST', new Uint8Array(10_000)], ['data', samples]])))).toEqual({ durationS: 1.5, rateHz: 8000 })
})

it('counts what a file that was cut short has', async () => {
  expect((await readSoundHeader(written(wav.subarray(0, wav.length - 8000)))).durationS).toBeLessThan(1.1)
})

it('refuses what is no sound', async () => {
  await expect(readSoundHeader(written(concat([ascii('ID3'), new Uint8Array(20)])))).rejects.toThrow(/holds an MP3 sound, which cannot be read here. Convert it to WAV/)
  await expect(readSoundHeader(written(riffChunk('RIFF', ascii('WAVE'))))).rejects.toThrow(/is cut short: it ends inside its header/)
  await expect(readSoundHeader('/nowhere/a.wav')).rejects.toThrow(/The sound "\/nowhere\/a.wav" cannot be read/)
})

it.each([[null, false], [0, false], [1.49, false], [1.5, true], [-1.9, false], [-2, true]])('finds a clip that starts at %s s outside a file of 1.5 s: %s', (startS, outside) => {
  expect(misplacedText({ file: 'a.wav', line: 2, startS, word: null }, 1.5, hearing, 'the manifest') !== null).toBe(outside)
})
