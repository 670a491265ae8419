import { createHash } from 'node:crypto'
import { ModelFileError } from '../domain/errors.ts'
import type { NamedArrays } from '../domain/weights.ts'
import { readSafetensors } from './safetensors.ts'

/**
 * Check a trained network's weight file against its card's checksum, then read it.
 *
 * @param network  name and SHA-256 as the card states them
 * @param actual   SHA-256 of the bytes, where it is known already
 * @throws ModelFileError when the checksum differs or the file is damaged
 */
export function openWeights(network: { name: string; weights: { hash: string } }, bytes: Uint8Array, actual = sha256(bytes)): NamedArrays {
  if (actual !== network.weights.hash) {
    throw new ModelFileError(
      `The weights of network "${network.name}" have SHA-256 ${actual.slice(0, 12)}…, but its card says ${network.weights.hash.slice(0, 12)}…. ` +
        'The file is damaged or of another version: fetch it again, or use the card that belongs to it.',
    )
  }
  return readSafetensors(bytes, `The weight file of "${network.name}"`)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
