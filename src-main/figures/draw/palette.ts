import { scheme } from 'vega'

/** 256 colours of a scheme as RGB bytes, colour i at 3 i. */
export function paletteOf(name: 'magma'): Uint8Array {
  const colourAt = scheme(name) as (share: number) => string
  return Uint8Array.from({ length: 3 * 256 }, (_, i) => Number(colourAt(Math.floor(i / 3) / 255).match(/\d+/g)![i % 3]))
}
