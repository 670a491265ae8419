import { createHash } from 'node:crypto'
import { ModelFileError } from '../domain/errors.ts'
import type { NamedArrays } from '../domain/weights.ts'
import { readSafetensors } from './safetensors.ts'

/**
 * Check a trained network's weight file against its card's checksum, then read it.
 *
 * @param network  name and SHA-256 as the card states them
 * @throws ModelFileError when the checksum differs or the file is damaged
 */
export function openWeights(network: { name: string; weights: { hash: string } }, bytes: Uint8Array): NamedArrays {
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual !== network.weights.hash) {
    throw new ModelFileError(
      `The weights of network "${network.name}" have SHA-256 ${actual.slice(0, 12)}…, but its card says ${network.weights.hash.slice(0, 12)}…. ` +
        'The file is damaged or of another version: fetch it again, or use the card that belongs to it.',
    )
  }
  return readSafetensors(bytes, `The weight file of "${network.name}"`)
}
