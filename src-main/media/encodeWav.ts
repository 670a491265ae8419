import type { QuantisedSignal } from '../domain/stimulus.ts'
import { ascii, concat, fourCharacters, view } from './bytes.ts'
import { riffChunk, riffChunks, writeRiff } from './riff.ts'

export type QuantisedSound = Extract<QuantisedSignal, { kind: 'audio' }>

/**
 * Write a sound as 16-bit PCM WAV, mono, with its settings as comment (LIST/INFO, ICMT), which sound tools show.
 *
 * @param settings  ASCII text without zero bytes, e.g. from `settingsText`
 */
export function encodeWav(sound: QuantisedSound, settings: string): Uint8Array {
  const comment = concat([ascii('INFO'), riffChunk('ICMT', ascii(`${settings}\0`))])
  return writeRiff('WAVE', [
    ['fmt ', formatChunk(sound.sampleRateHz)],
    // Samples first: simple readers expect them right after a 44-byte header.
    ['data', samplesChunk(sound.data)],
    ['LIST', comment],
  ])
}

/** The settings that `encodeWav` wrote into a file, or null when it carries none. */
export function readWavSettings(bytes: Uint8Array): string | null {
  const list = riffChunks(bytes).find((c) => c.id === 'LIST' && fourCharacters(c.body, 0) === 'INFO')
  if (!list) return null
  // A list is framed like a file: its form in place of "WAVE", then chunks.
  const comment = riffChunks(concat([new Uint8Array(8), list.body])).find((c) => c.id === 'ICMT')
  return comment ? new TextDecoder('latin1').decode(comment.body).replace(/\0+$/, '') : null
}

function formatChunk(sampleRateHz: number): Uint8Array {
  const chunk = new Uint8Array(16)
  const fields = view(chunk)
  fields.setUint16(0, 1, true)
  fields.setUint16(2, 1, true)
  fields.setUint32(4, sampleRateHz, true)
  fields.setUint32(8, sampleRateHz * 2, true)
  fields.setUint16(12, 2, true)
  fields.setUint16(14, 16, true)
  return chunk
}

function samplesChunk(data: Int16Array): Uint8Array {
  const chunk = new Uint8Array(data.length * 2)
  const fields = view(chunk)
  data.forEach((sample, i) => fields.setInt16(2 * i, sample, true))
  return chunk
}
