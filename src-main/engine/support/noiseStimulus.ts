import type { NetworkInput } from '../../domain/network.ts'
import { createRandom } from './random.ts'

/** Noise as long as a network's input: a reference for timing, which does not depend on it. */
export function noiseStimulus(input: NetworkInput): Float32Array {
  const random = createRandom(0, 'noise to time with')
  if (input.kind === 'image') return Float32Array.from({ length: input.height * input.width * input.channels }, random.uniform)
  return Float32Array.from({ length: input.samples }, () => 0.1 * random.normal())
}
