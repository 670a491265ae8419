import { readFile } from 'node:fs/promises'
import { riffChunks } from '../../media/riff.ts'
import { expectFormat } from '../../media/sniff.ts'
import { readWavFormat } from '../../media/wavFormat.ts'
import { beginningOf } from './fileBeginning.ts'

/** Where the samples begin is nearly always found in so many bytes. */
const headerBytes = 4096

/**
 * The duration of a WAV file in seconds, as its header has it. Whether its samples can be decoded shows when they are used.
 *
 * @throws MediaError when it cannot be read, is no sound, or is coded in a way that is not read here
 */
export async function soundDurationS(file: string): Promise<number> {
  const { bytes, size } = await beginningOf(file, headerBytes, 'sound')
  expectFormat(bytes, file, 'audio')
  return durationIn(bytes, size, file) ?? durationIn(await readFile(file), size, file) ?? 0
}

/** @returns null where these bytes end before the samples */
function durationIn(bytes: Uint8Array, size: number, file: string): number | null {
  const chunks = riffChunks(bytes)
  const samples = chunks.find(({ id }) => id === 'data')
  if (!samples && bytes.length < size) return null
  const { bytesPerFrame, sampleRateHz } = readWavFormat(chunks.find(({ id }) => id === 'fmt '), file)
  const there = samples ? size - (samples.body.byteOffset - bytes.byteOffset) : 0
  return Math.floor(Math.min(samples?.declared ?? 0, there) / bytesPerFrame) / sampleRateHz
}
