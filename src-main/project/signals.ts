import type { QuantisedSignal } from '../domain/stimulus.ts'
import { toInt16, toUint8 } from './values.ts'

/** The two signals of a run. */
export type Which = 'metamer' | 'reference'

type Format = { kind: 'image'; height: number; width: number } | { kind: 'audio'; sampleRateHz: number }

/** Everything of a signal but its samples or pixels, as JSON. */
export function formatOf(signal: QuantisedSignal): string {
  const format: Format =
    signal.kind === 'image'
      ? { kind: 'image', height: signal.height, width: signal.width }
      : { kind: 'audio', sampleRateHz: signal.sampleRateHz }
  return JSON.stringify(format)
}

export function signalOf(format: string, bytes: Uint8Array): QuantisedSignal {
  const parsed = JSON.parse(format) as Format
  return parsed.kind === 'image' ? { ...parsed, data: toUint8(bytes) } : { ...parsed, data: toInt16(bytes) }
}
