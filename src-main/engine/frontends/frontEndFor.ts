import type { Card } from '../../domain/card.ts'
import { ModelFileError } from '../../domain/errors.ts'
import { create2023FrontEnd, createCochleagramFrontEnd } from './cochleagram.ts'
import type { FrontEnd } from './frontEnd.ts'
import { createMusicnnFrontEnd } from './logMel.ts'
import { createMfccFrontEnd } from './mfcc.ts'
import { createVggishFrontEnd } from './vggishLogMel.ts'

type Input = Extract<Card['input'], { kind: 'audio' }>

/**
 * Set up the front end that a card names, for the sounds that it states. Cochleagrams are computed at reduced rates: a third of the
 * time, 6e-6 from the exact ones (largest difference 4e-4), as tests/numerics holds it to.
 *
 * @returns null where the card names none: the network takes the wave, or sees
 * @throws ModelFileError when the input is not what the front end takes
 */
export function frontEndFor(frontEnd: Card['frontEnd'], input: Card['input']): FrontEnd | null {
  if (frontEnd === null) return null
  if (input.kind !== 'audio') throw new ModelFileError(`The card names the front end "${frontEnd.name}", which takes sounds, and the network takes pictures. Set frontEnd to null, or correct the input.`)
  switch (frontEnd.name) {
    case 'cochleagram':
      return createCochleagramFrontEnd({ filters: frontEnd.filters, method: 'reduced', durationS: secondsOf(frontEnd.name, input, 20_000) })
    case 'cochleagram-2023':
      return create2023FrontEnd({ method: 'reduced', durationS: secondsOf(frontEnd.name, input, 20_000) })
    case 'log-mel':
      return createMusicnnFrontEnd(16_000 * secondsOf(frontEnd.name, input, 16_000))
    case 'log-mel-vggish':
      return createVggishFrontEnd(input)
    case 'mfcc':
      return createMfccFrontEnd(input)
  }
}

/** Of front ends that do not resample. */
function secondsOf(name: string, { samples, sampleRateHz }: Input, wantedHz: number): number {
  if (sampleRateHz === wantedHz) return samples / wantedHz
  throw new ModelFileError(`The front end "${name}" takes sounds at ${wantedHz} Hz; the card's input is at ${sampleRateHz} Hz. Set sampleRateHz to ${wantedHz}, and samples to match.`)
}
