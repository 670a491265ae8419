import type { HearingNetwork } from '../../domain/hearingNetworks.ts'
import { baseCardOf } from '../../engine/training/trainableNetwork.ts'
import type { Hearing } from './hearExamples.ts'

/** What a network in training hears: the same as the catalogue's. */
export function hearingOf({ form }: Pick<HearingNetwork, 'form'>): Hearing {
  const { frontEnd, input } = baseCardOf(form)
  if (input.kind !== 'audio') throw new Error(`"${form}" does not hear.`)
  return { frontEnd, input }
}
