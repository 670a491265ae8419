import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { MediaError } from '../../domain/errors.ts'
import { sha256 } from '../sha256.ts'
import { eachOf } from './eachOf.ts'
import { filesOf, type Clip } from './manifest.ts'

/** Files that are read at once. */
const atOnce = 4

/** SHA-256 of files as they were when they were last read: a file is read again when its size or a time of change is another. */
const known = new Map<string, { state: string; hash: string }>()

/**
 * SHA-256 of the contents of all files that manifests list, in their order, wherever they lie. Each file is read once in a process, as long as
 * it does not change.
 *
 * @throws MediaError when one cannot be read
 */
export async function contentsOf(manifests: ReadonlyArray<readonly Clip[]>): Promise<string> {
  const clips = manifests.flat()
  const hashes = await eachOf(filesOf(clips), atOnce, hashOf)
  return sha256(JSON.stringify(clips.map(({ file }) => hashes.get(file))))
}

async function hashOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs, ctimeMs } = await stat(file)
    const state = [size, mtimeMs, ctimeMs].join()
    const before = known.get(file)
    if (before?.state === state) return before.hash
    const hash = createHash('sha256')
    for await (const part of createReadStream(file)) hash.update(part as Uint8Array)
    const made = hash.digest('hex')
    known.set(file, { state, hash: made })
    return made
  } catch (cause) {
    throw new MediaError(`"${file}" cannot be read. Check that it is there and that you may read it.`, { cause })
  }
}
