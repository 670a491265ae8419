import { hearsBy } from '../domain/cochleagramSpace.ts'
import type { CochleagramSpace } from '../domain/network.ts'
import type { QuantisedSignal } from '../domain/stimulus.ts'
import { toFloat32, toInt16, toUint8 } from './values.ts'

/** The two signals of a run. */
export type Which = 'metamer' | 'reference'

type Format = { kind: 'image'; height: number; width: number } | { kind: 'audio'; sampleRateHz: number } | CochleagramSpace

/** Everything of a signal but its samples or pixels, as JSON. */
export function formatOf({ data: _, ...format }: QuantisedSignal): string {
  return JSON.stringify(inOrder(format))
}

/** Equal formats are compared as text. */
function inOrder(format: Format): Format {
  switch (format.kind) {
    case 'image':
      return { kind: 'image', height: format.height, width: format.width }
    case 'audio':
      return { kind: 'audio', sampleRateHz: format.sampleRateHz }
    case 'cochleagram':
      return { kind: 'cochleagram', frontEnd: format.frontEnd, rows: format.rows, columns: format.columns }
  }
}

export function signalOf(format: string, bytes: Uint8Array): QuantisedSignal {
  const parsed = JSON.parse(format) as Format
  switch (parsed.kind) {
    case 'image':
      return { ...parsed, data: toUint8(bytes) }
    case 'audio':
      return { ...parsed, data: toInt16(bytes) }
    case 'cochleagram':
      return { ...parsed, data: toFloat32(bytes) }
  }
}

/** Can a network that hears by this cochleagram, or by none, take a signal of this format? Pictures and sounds are for others to say. */
export function takes(hears: CochleagramSpace | null | undefined, format: string): boolean {
  const parsed = JSON.parse(format) as Format
  return parsed.kind !== 'cochleagram' || hearsBy(hears, parsed)
}
