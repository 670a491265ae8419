import { readFile } from 'node:fs/promises'
import { riffChunks } from '../../media/riff.ts'
import { expectFormat } from '../../media/sniff.ts'
import { readWavFormat } from '../../media/wavFormat.ts'
import { beginningOf } from './fileBeginning.ts'

/** Where the samples begin is nearly always found in so many bytes. */
const headerBytes = 4096

export interface SoundHeader {
  /** Of the samples that are there. */
  durationS: number
  rateHz: number
}

/**
 * What the header of a WAV file says. Whether its samples can be decoded shows when they are used.
 *
 * @throws MediaError when it cannot be read, is no sound, or is coded in a way that is not read here
 */
export async function readSoundHeader(file: string): Promise<SoundHeader> {
  const { bytes, size } = await beginningOf(file, headerBytes, 'sound')
  expectFormat(bytes, file, 'audio')
  return headerIn(bytes, size, file) ?? headerIn(await readFile(file), size, file)!
}

/** @returns null where these bytes end before the samples, and the file does not */
function headerIn(bytes: Uint8Array, size: number, file: string): SoundHeader | null {
  const chunks = riffChunks(bytes)
  const samples = chunks.find(({ id }) => id === 'data')
  if (!samples && bytes.length < size) return null
  const { bytesPerFrame, sampleRateHz } = readWavFormat(chunks.find(({ id }) => id === 'fmt '), file)
  const there = samples ? size - (samples.body.byteOffset - bytes.byteOffset) : 0
  return { durationS: Math.floor(Math.min(samples?.declared ?? 0, there) / bytesPerFrame) / sampleRateHz, rateHz: sampleRateHz }
}
