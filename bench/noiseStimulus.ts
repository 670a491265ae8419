import type { NetworkInput } from '../src-main/domain/network.ts'
import { createRandom } from '../src-main/engine/support/random.ts'

/** A reference stimulus of noise: what is timed does not depend on it. */
export function noiseStimulus(input: NetworkInput): Float32Array {
  const random = createRandom(0, 'bench reference')
  if (input.kind === 'image') return Float32Array.from({ length: input.height * input.width * 3 }, random.uniform)
  return Float32Array.from({ length: input.samples }, () => 0.1 * random.normal())
}
