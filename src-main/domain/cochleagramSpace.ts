import type { Card } from './card.ts'
import { ProtocolError } from './errors.ts'
import type { CochleagramSpace, NetworkSummary, SignalSpace } from './network.ts'
import type { Protocol } from './protocol.ts'

/** Of every cochleagram here: values a second. The front end of 2023 has ten less, five at each end. */
const envelopeRateHz = 200
const leftOut = 10

/** The size of the cochleagram that a card's network hears by; null where it hears otherwise, or sees. */
export function cochleagramSpaceOf({ frontEnd, input }: Pick<Card, 'frontEnd' | 'input'>): CochleagramSpace | null {
  if (input.kind !== 'audio') return null
  const columns = (envelopeRateHz * input.samples) / input.sampleRateHz
  if (frontEnd?.name === 'cochleagram') return { kind: 'cochleagram', frontEnd: frontEnd.name, rows: frontEnd.filters === 50 ? 211 : 171, columns }
  if (frontEnd?.name === 'cochleagram-2023') return { kind: 'cochleagram', frontEnd: frontEnd.name, rows: 211, columns: columns - leftOut }
  return null
}

/** Does a network that hears by this cochleagram take that one as its own? */
export function hearsBy(own: CochleagramSpace | null | undefined, other: CochleagramSpace | null | undefined): boolean {
  return !!own && !!other && own.frontEnd === other.frontEnd && own.rows === other.rows && own.columns === other.columns
}

/**
 * The space in which a protocol moves a signal of this network.
 *
 * @throws ProtocolError when that is the cochleagram, and the network has none
 */
export function spaceOf({ name, input, cochleagram }: Pick<NetworkSummary, 'name' | 'input' | 'cochleagram'>, { space }: Pick<Protocol, 'space'>): SignalSpace {
  if (space === undefined) return input
  if (cochleagram) return cochleagram
  const why = input.kind === 'image' ? 'takes pictures' : 'does not hear by a cochleagram'
  throw new ProtocolError(`Network "${name}" ${why}, so there is no cochleagram to move. Choose a network with a cochleagram front end, or the space "signal".`)
}

/** Is this layer the very cochleagram that the protocol moves? */
export function isMovedItself({ space }: Pick<Protocol, 'space'>, layer: string): boolean {
  return space === 'cochleagram' && layer === 'cochleagram'
}

/**
 * Check that a layer can be matched by moving this space.
 *
 * @throws ProtocolError when it is the very cochleagram that is moved
 */
export function requireLayerBehind(protocol: Pick<Protocol, 'space'>, layer: string): void {
  if (!isMovedItself(protocol, layer)) return
  throw new ProtocolError(
    'Layer "cochleagram" cannot be matched by moving the cochleagram: the metamer would be the reference\'s own cochleagram. Choose a later layer, or the space "signal".',
  )
}
