import type { IndexedColors } from 'fast-png'
import { scheme } from 'vega'

/** 256 colours of a scheme, RGB bytes of each. */
export function paletteOf(name: 'magma'): IndexedColors {
  const colourAt = scheme(name) as (share: number) => string
  return Array.from({ length: 256 }, (_, i) => colourAt(i / 255).match(/\d+/g)!.map(Number))
}
