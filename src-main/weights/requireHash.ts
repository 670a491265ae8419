import { ModelFileError } from '../domain/errors.ts'

/** @throws ModelFileError when a network's file is not the one that its card names by SHA-256 */
export function requireHash(network: { name: string; weights: { hash: string } }, actual: string): void {
  if (actual === network.weights.hash) return
  throw new ModelFileError(
    `The weights of network "${network.name}" have SHA-256 ${actual.slice(0, 12)}…, but its card says ${network.weights.hash.slice(0, 12)}…. ` +
      'The file is damaged or of another version: fetch it again, or use the card that belongs to it.',
  )
}
