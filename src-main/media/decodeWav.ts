import { MediaError } from '../domain/errors.ts'
import type { AudioSignal } from '../domain/stimulus.ts'
import { view } from './bytes.ts'
import { riffChunks, type RiffChunk } from './riff.ts'
import { expectFormat } from './sniff.ts'
import { readWavFormat, type WavFormat } from './wavFormat.ts'
import { sampleReader, type SampleReader } from './wavSamples.ts'

export interface DecodedSound {
  signal: AudioSignal
  /** What was done to it on the way in, one sentence each. */
  notices: string[]
}

/**
 * Decode a WAV file at its own sample rate: PCM of 8 to 32 bits, float of 32 or 64.
 * Channels are averaged in double precision; nothing else is done to the samples.
 *
 * @returns float32 [samples], full scale = 1; float files may exceed it
 * @throws MediaError when the file is cut short, holds no samples, samples that are not finite, or a codec not read here
 */
export function decodeWav(bytes: Uint8Array, fileName: string): DecodedSound {
  expectFormat(bytes, fileName, 'audio')
  const chunks = riffChunks(bytes)
  const format = readWavFormat(chunks.find((c) => c.id === 'fmt '), fileName)
  const chunk = samplesOf(chunks, format, fileName)
  const data = meanOfChannels(chunk.body, format, sampleReader(format, fileName))
  checkFinite(data, format.sampleRateHz, fileName)
  return { signal: { kind: 'audio', sampleRateHz: format.sampleRateHz, data }, notices: noticesOf(format, chunk) }
}

function samplesOf(chunks: readonly RiffChunk[], format: WavFormat, fileName: string): RiffChunk {
  const chunk = chunks.find((c) => c.id === 'data')
  if (!chunk) {
    throw new MediaError(`"${fileName}" is a WAV file without samples: it has no data chunk. It may be cut short; copy it again, or choose another file.`)
  }
  if (chunk.declared !== Infinity && chunk.body.length < chunk.declared) {
    throw new MediaError(
      `"${fileName}" is cut short: its header promises ${chunk.declared} bytes of samples, the file holds ${chunk.body.length}. Copy it again from its source, or choose another file.`,
    )
  }
  if (chunk.body.length === 0) {
    throw new MediaError(`"${fileName}" is a WAV file with 0 samples. Choose a sound that lasts longer.`)
  }
  if (chunk.body.length % format.bytesPerFrame !== 0) {
    throw new MediaError(
      `"${fileName}" is damaged: its ${chunk.body.length} bytes of samples are no whole number of ${format.bytesPerFrame}-byte frames. Copy it again from its source, or save it anew.`,
    )
  }
  return chunk
}

function meanOfChannels(body: Uint8Array, format: WavFormat, read: SampleReader): Float32Array {
  const samples = view(body)
  const bytesPerSample = format.bytesPerFrame / format.channels
  const mean = new Float32Array(body.length / format.bytesPerFrame)
  for (let i = 0; i < mean.length; i++) {
    let sum = 0
    for (let c = 0; c < format.channels; c++) sum += read(samples, i * format.bytesPerFrame + c * bytesPerSample)
    mean[i] = sum / format.channels
  }
  return mean
}

function checkFinite(data: Float32Array, sampleRateHz: number, fileName: string): void {
  const at = data.findIndex((x) => !Number.isFinite(x))
  if (at < 0) return
  throw new MediaError(
    `"${fileName}" holds a sample that is not a finite number: ${data[at]} at ${(at / sampleRateHz).toFixed(3)} s. Repair or export the sound anew; every sample must be finite.`,
  )
}

function noticesOf(format: WavFormat, chunk: RiffChunk): string[] {
  const notices: string[] = []
  if (format.channels === 2) notices.push('Its two channels were mixed down to one, their mean.')
  if (format.channels > 2) notices.push(`Its ${format.channels} channels were mixed down to one, their mean.`)
  if (chunk.declared === Infinity) notices.push('Its header states no length; everything up to the end of the file was taken.')
  return notices
}
