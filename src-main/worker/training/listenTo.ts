import { decodeWav } from '../../media/decodeWav.ts'
import { sha256 } from '../sha256.ts'
import { readListed, type Unusable } from './listedFile.ts'
import { soundFacts } from './soundFacts.ts'

/** What is heard in one file, or why it cannot be. */
export type HeardFile = { file: string; durationS: number; rateHz: number; silent: boolean; clipped: boolean; hash: string } | Unusable

/** Listen to one file. */
export async function listenTo(file: string): Promise<HeardFile> {
  return readListed(file, (bytes) => {
    const { signal: { data, sampleRateHz } } = decodeWav(bytes, file)
    return { durationS: data.length / sampleRateHz, rateHz: sampleRateHz, ...soundFacts(data), hash: sha256(bytes) }
  })
}
