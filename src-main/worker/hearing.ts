import type { NetworkInput } from '../domain/network.ts'
import type { WorkerContext } from './context.ts'

/** The sounds that a network takes. */
export type Hearing = Pick<Extract<NetworkInput, { kind: 'audio' }>, 'sampleRateHz' | 'samples'>

/** What the networks of 2019 hear, and the cochleagram shows: 2 s at 20 kHz. @source Feather et al. 2019, section 3.2 */
export const hearing = { sampleRateHz: 20_000, samples: 40_000 } as const

/** Every rate and length that networks here take sounds at; the one above where none does. */
export function hearingsOf({ networks }: Pick<WorkerContext, 'networks'>): Hearing[] {
  const inputs = networks.summaries().flatMap(({ input }) => (input.kind === 'audio' ? [input] : []))
  const distinct = new Map(inputs.map((input) => [hearingWords(input), input]))
  return distinct.size > 0 ? [...distinct.values()] : [hearing]
}

export function hearingWords({ sampleRateHz, samples }: Hearing): string {
  return `${samples / sampleRateHz} s at ${sampleRateHz} Hz`
}
