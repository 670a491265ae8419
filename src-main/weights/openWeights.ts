import { createHash } from 'node:crypto'
import type { NamedArrays } from '../domain/weights.ts'
import { requireHash } from './requireHash.ts'
import { readSafetensors } from './safetensors.ts'

/**
 * Check a trained network's weight file against its card's checksum, then read it.
 *
 * @param network  name and SHA-256 as the card states them
 * @param actual   SHA-256 of the bytes, where it is known already
 * @throws ModelFileError when the checksum differs or the file is damaged
 */
export function openWeights(network: { name: string; weights: { hash: string } }, bytes: Uint8Array, actual = sha256(bytes)): NamedArrays {
  requireHash(network, actual)
  return readSafetensors(bytes, `The weight file of "${network.name}"`)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
