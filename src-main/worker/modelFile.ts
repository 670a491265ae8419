import { createHash } from 'node:crypto'
import path from 'node:path'
import type { ModelFileFormat } from '../domain/importing.ts'
import type { NamedArrays } from '../domain/weights.ts'
import { openWeightFile, type OpenedWeights } from '../weights/openWeightFile.ts'
import { folderSource, type ToldBytes } from '../weights/weightSource.ts'

/** A weight file, or several that make one, as read. */
export interface ModelFile {
  format: ModelFileFormat
  byteLength: number
  hash: string
  /** The one that was given first. */
  files: string[]
  arrays: NamedArrays
  warnings: string[]
}

/**
 * Read a file of weights, whatever its format. Nothing in it is executed.
 *
 * @throws ModelFileError when it cannot be read or is of no known kind
 */
export async function readModelFile(file: string, told: ToldBytes): Promise<ModelFile> {
  const source = folderSource(file, told)
  const opened = await openWeightFile(source)
  const files = [...source.hashes.keys()].map((name) => path.join(path.dirname(file), name))
  return { format: formatOf(opened), byteLength: source.byteLength(), hash: hashOf([...source.hashes.values()]), files, arrays: opened.arrays, warnings: opened.warnings }
}

/** Of one file its own, of several the hash of their hashes. */
function hashOf(hashes: string[]): string {
  return hashes.length === 1 ? hashes[0]! : createHash('sha256').update(hashes.join('\n')).digest('hex')
}

function formatOf({ format, config }: OpenedWeights): ModelFileFormat {
  if (format === 'hdf5') return 'keras-h5'
  if (format !== 'tfjs') return format
  const isGraph = typeof config === 'object' && config !== null && 'node' in config
  return isGraph ? 'tfjs-graph' : 'tfjs-layers'
}
