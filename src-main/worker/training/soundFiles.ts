import { readFileSync } from 'node:fs'
import { MediaError } from '../../domain/errors.ts'
import { resample } from '../../engine/frontends/resample.ts'
import { decodeWav } from '../../media/decodeWav.ts'

/** Sounds that were read lately, at the network's rate. */
export interface SoundFiles {
  /** @throws MediaError when it cannot be read or is no WAV file */
  read(file: string): Float32Array
}

/** @param keepBytes  how much is kept at hand; the oldest goes first */
export function createSoundFiles(keepBytes: number, sampleRateHz: number): SoundFiles {
  const kept = new Map<string, Float32Array>()
  let bytes = 0

  function open(file: string): Float32Array {
    const { signal } = decodeWav(bytesOf(file), file)
    return signal.sampleRateHz === sampleRateHz ? signal.data : resample(signal.data, signal.sampleRateHz, sampleRateHz)
  }

  function keep(file: string, data: Float32Array): void {
    kept.set(file, data)
    bytes += data.byteLength
    for (const [oldest, old] of kept) {
      if (bytes <= keepBytes || oldest === file) break
      kept.delete(oldest)
      bytes -= old.byteLength
    }
  }

  return {
    read(file) {
      const data = kept.get(file) ?? open(file)
      if (!kept.has(file)) keep(file, data)
      return data
    },
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new MediaError(`The sound "${file}" cannot be read. Check that it is there and that you may read it.`, { cause })
  }
}
