import { readFileSync } from 'node:fs'
import { decodeWav } from '../../media/decodeWav.ts'
import { soundFacts } from './soundFacts.ts'

/** What is heard in one file, or why it cannot be. */
export type HeardFile =
  | { file: string; durationS: number; rateHz: number; silent: boolean; clipped: boolean }
  | { file: string; missing: true }
  | { file: string; unreadable: string }

/** Listen to one file. */
export function listenTo(file: string): HeardFile {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { file, missing: true } : { file, unreadable: (error as Error).message }
  }
  try {
    const { signal: { data, sampleRateHz } } = decodeWav(bytes, file)
    return { file, durationS: data.length / sampleRateHz, rateHz: sampleRateHz, ...soundFacts(data) }
  } catch (error) {
    return { file, unreadable: (error as Error).message }
  }
}
