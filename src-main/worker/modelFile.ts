import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ModelFileError } from '../domain/errors.ts'
import type { ModelFileFormat } from '../domain/importing.ts'
import type { NamedArrays } from '../domain/weights.ts'
import { readPytorchLegacy } from '../weights/pytorchLegacy.ts'
import { readSafetensors } from '../weights/safetensors.ts'
import { readTensorflowCheckpoint } from '../weights/tensorflowCheckpoint.ts'
import { readHashed } from './readHashed.ts'

/** A weight file, or several that make one, as read. */
export interface ModelFile {
  format: ModelFileFormat
  byteLength: number
  hash: string
  files: string[]
  arrays: NamedArrays
  warnings: string[]
}

export type ToldBytes = (doneBytes: number, totalBytes: number) => void

/**
 * Read a file of weights, whatever its format. Nothing in it is executed.
 *
 * @throws ModelFileError when it cannot be read or is of no known kind
 */
export async function readModelFile(file: string, told: ToldBytes): Promise<ModelFile> {
  const { bytes, hash } = await readOrRefuse(file, told)
  const base = { byteLength: bytes.length, hash, files: [file], warnings: [] }
  if (file.endsWith('.index')) return readCheckpoint(file, bytes, hash, told)
  if (bytes[0] === 0x80) return { ...base, format: 'pytorch-legacy', arrays: floats(readPytorchLegacy(bytes)) }
  return { ...base, format: 'safetensors', arrays: readSafetensors(bytes, `"${path.basename(file)}"`) }
}

async function readCheckpoint(file: string, index: Uint8Array, indexHash: string, told: ToldBytes): Promise<ModelFile> {
  const stem = `${path.basename(file, '.index')}.data-`
  const names = (await readdir(path.dirname(file))).filter((name) => name.startsWith(stem)).sort()
  const files = names.map((name) => path.join(path.dirname(file), name))
  const shards = []
  for (const shard of files) shards.push(await readOrRefuse(shard, told))
  const arrays = readTensorflowCheckpoint(index, shards.map(({ bytes }) => bytes))
  const hash = createHash('sha256').update([indexHash, ...shards.map((shard) => shard.hash)].join('\n')).digest('hex')
  const byteLength = shards.reduce((sum, { bytes }) => sum + bytes.length, index.length)
  return { format: 'tensorflow-checkpoint', byteLength, hash, files: [file, ...files], arrays, warnings: [] }
}

async function readOrRefuse(file: string, told: ToldBytes): Promise<{ bytes: Uint8Array; hash: string }> {
  try {
    return await readHashed(file, told)
  } catch (cause) {
    throw new ModelFileError(`The file "${file}" cannot be read. Check its name, that it is a file and that you may read it.`, { cause })
  }
}

function floats(tensors: ReturnType<typeof readPytorchLegacy>): NamedArrays {
  return new Map([...tensors].flatMap(([name, tensor]) => (tensor.dtype === 'float32' ? [[name, tensor]] : [])))
}
