import { decodeImage } from '../../media/decodeImage.ts'
import { sha256 } from '../sha256.ts'
import { readListed, type Unusable } from './listedFile.ts'

/** What is seen in one file, or why it cannot be. */
export type SeenFile = { file: string; height: number; width: number; plain: boolean; hash: string } | Unusable

/** Look at one picture. */
export async function lookAt(file: string): Promise<SeenFile> {
  return readListed(file, async (bytes) => {
    const { signal: { height, width, data } } = await decodeImage(bytes, file)
    return { height, width, plain: data.every((value, i) => value === data[i % 3]), hash: sha256(bytes) }
  })
}
