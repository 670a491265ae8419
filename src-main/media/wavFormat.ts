import { MediaError } from '../domain/errors.ts'
import { view } from './bytes.ts'
import type { RiffChunk } from './riff.ts'

/** A WAV file's fmt chunk, checked. */
export interface WavFormat {
  encoding: 'pcm' | 'float'
  channels: number
  sampleRateHz: number
  bitsPerSample: number
  bytesPerFrame: number
}

const pcm = 1
const float = 3
const extensible = 0xfffe

/** Format codes of the RIFF registry that people meet. */
const codecNames: Readonly<Record<number, string>> = {
  0x02: 'Microsoft ADPCM',
  0x06: 'A-law',
  0x07: 'mu-law',
  0x11: 'IMA ADPCM',
  0x31: 'GSM 6.10',
  0x50: 'MPEG',
  0x55: 'MP3',
  0xff: 'AAC',
}

/**
 * Read the format of a WAV file, WAVE_FORMAT_EXTENSIBLE included.
 *
 * @throws MediaError when the chunk is missing or too short, the codec is neither PCM nor float, or its figures contradict
 */
export function readWavFormat(chunk: RiffChunk | undefined, fileName: string): WavFormat {
  if (!chunk || chunk.body.length < 16) {
    throw new MediaError(`"${fileName}" is cut short: it ends inside its header. Copy it again from its source, or choose another file.`)
  }
  const fields = view(chunk.body)
  const format: WavFormat = {
    encoding: encodingOf(chunk.body, fileName),
    channels: fields.getUint16(2, true),
    sampleRateHz: fields.getUint32(4, true),
    bytesPerFrame: fields.getUint16(12, true),
    bitsPerSample: fields.getUint16(14, true),
  }
  checkFigures(format, fileName)
  return format
}

function encodingOf(body: Uint8Array, fileName: string): WavFormat['encoding'] {
  const tag = view(body).getUint16(0, true)
  // The code of an extensible format is the start of its sub-format GUID.
  const code = tag === extensible && body.length >= 26 ? view(body).getUint16(24, true) : tag
  if (code === pcm) return 'pcm'
  if (code === float) return 'float'
  const name = codecNames[code] ?? `format code ${code}`
  throw new MediaError(`"${fileName}" is a WAV file coded as ${name}, which is not read here. Save it as PCM or float WAV.`)
}

function checkFigures(format: WavFormat, fileName: string): void {
  const { channels, sampleRateHz, bytesPerFrame, bitsPerSample } = format
  if (channels > 0 && sampleRateHz > 0 && bytesPerFrame === channels * Math.ceil(bitsPerSample / 8)) return
  throw new MediaError(
    `"${fileName}" has a header that contradicts itself: ${channels} channels, ${sampleRateHz} Hz, ${bitsPerSample} bits, ${bytesPerFrame} bytes per frame. Save the sound anew as PCM or float WAV.`,
  )
}
