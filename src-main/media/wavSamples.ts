import { MediaError } from '../domain/errors.ts'
import type { WavFormat } from './wavFormat.ts'

/** Reads the sample that starts at a byte; full scale = 1. */
export type SampleReader = (samples: DataView, at: number) => number

const readers: Readonly<Record<WavFormat['encoding'], Readonly<Record<number, SampleReader>>>> = {
  pcm: {
    // 8-bit WAV is unsigned, with silence at 128.
    8: (samples, at) => (samples.getUint8(at) - 128) / 2 ** 7,
    16: (samples, at) => samples.getInt16(at, true) / 2 ** 15,
    24: (samples, at) => (samples.getInt8(at + 2) * 2 ** 16 + samples.getUint16(at, true)) / 2 ** 23,
    32: (samples, at) => samples.getInt32(at, true) / 2 ** 31,
  },
  float: {
    32: (samples, at) => samples.getFloat32(at, true),
    64: (samples, at) => samples.getFloat64(at, true),
  },
}

/** @throws MediaError when the word length is none of PCM 8, 16, 24, 32 and float 32, 64 */
export function sampleReader(format: WavFormat, fileName: string): SampleReader {
  const reader = readers[format.encoding][format.bitsPerSample]
  if (reader) return reader
  const expected = format.encoding === 'pcm' ? 'PCM has 8, 16, 24 or 32 bits' : 'float has 32 or 64 bits'
  throw new MediaError(`"${fileName}" has ${format.bitsPerSample}-bit samples; ${expected} here. Save it with one of these.`)
}
