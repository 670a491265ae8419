import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { ModelFileError } from '../domain/errors.ts'
import type { ConvertedWeight } from '../engine/models/importing/convertWeights.ts'
import { safetensorsHeader } from '../weights/safetensors.ts'

/**
 * Write a network's weights as safetensors, one after the other: only one is in memory at a time.
 *
 * @param file  must not exist
 * @returns its SHA-256
 * @throws ModelFileError when it cannot be written
 */
export async function writeWeights(file: string, weights: readonly ConvertedWeight[]): Promise<string> {
  try {
    return await write(file, weights)
  } catch (cause) {
    const full = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException).code ?? '')
    const cure = full ? 'The disk is full: make room and import again.' : 'Check that its folder is there and that you may write to it.'
    throw new ModelFileError(`The weights cannot be written to "${file}". ${cure}`, { cause })
  }
}

async function write(file: string, weights: readonly ConvertedWeight[]): Promise<string> {
  const handle = await open(file, 'wx')
  try {
    const hash = createHash('sha256')
    const put = async (bytes: Uint8Array): Promise<void> => {
      hash.update(bytes)
      await handle.writeFile(bytes)
    }
    await put(safetensorsHeader(weights))
    for (const { values } of weights) await put(bytesOf(values()))
    await handle.sync()
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
