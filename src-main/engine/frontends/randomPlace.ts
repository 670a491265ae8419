import type { AudioSignal } from '../../domain/stimulus.ts'
import type { Random } from '../support/random.ts'

/**
 * Put a sound at a random place in a network's input: a longer one begins at a random sample, a shorter one has silence around it, in random shares.
 *
 * @param durationS  of the input
 * @returns a sound of this duration at its own rate
 * @source authors' 2023 code (several starting offsets for each sound)
 */
export function placeAtRandom({ data, sampleRateHz }: AudioSignal, durationS: number, random: Random): AudioSignal {
  const length = Math.round(durationS * sampleRateHz)
  const start = random.integer(Math.abs(data.length - length) + 1)
  if (data.length >= length) return { kind: 'audio', sampleRateHz, data: data.slice(start, start + length) }
  const placed = new Float32Array(length)
  placed.set(data, start)
  return { kind: 'audio', sampleRateHz, data: placed }
}
