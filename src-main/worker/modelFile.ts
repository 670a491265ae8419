import path from 'node:path'
import { openModelFile, type ModelContent } from '../weights/openModelFile.ts'
import { folderSource, type ToldBytes } from '../weights/weightSource.ts'
import { sha256 } from './sha256.ts'

/** A file of weights or of a whole network, or several that make one, as read. */
export interface ModelFile extends ModelContent {
  byteLength: number
  hash: string
  /** The one that was given first. */
  files: string[]
}

/**
 * Read a file of weights or of a network from where it lies, with the files beside it that belong to it.
 *
 * @throws ModelFileError when it cannot be read or is of no known kind
 */
export async function readModelFile(file: string, told: ToldBytes): Promise<ModelFile> {
  const source = folderSource(file, told)
  const content = await openModelFile(source)
  const files = [...source.hashes.keys()].map((name) => path.join(path.dirname(file), name))
  return { ...content, byteLength: source.byteLength(), hash: hashOf([...source.hashes.values()]), files }
}

/** Of one file its own, of several the hash of their hashes. */
function hashOf(hashes: string[]): string {
  return hashes.length === 1 ? hashes[0]! : sha256(hashes.join('\n'))
}
