import { interpolateMagma, interpolateViridis } from 'd3-scale-chromatic'

export type ColourMapName = 'viridis' | 'magma'

/** 256 colours as RGB bytes: entry i at 3 i. */
export function colourTable(name: ColourMapName): Uint8ClampedArray {
  const interpolate = name === 'viridis' ? interpolateViridis : interpolateMagma
  const table = new Uint8ClampedArray(256 * 3)
  for (let i = 0; i < 256; i++) table.set(parseColour(interpolate(i / 255)), 3 * i)
  return table
}

/** d3 gives "#rrggbb" or "rgb(r, g, b)" according to the map. */
export function parseColour(colour: string): [number, number, number] {
  if (colour.startsWith('#')) {
    const value = Number.parseInt(colour.slice(1), 16)
    return [value >> 16, (value >> 8) & 255, value & 255]
  }
  const [r = 0, g = 0, b = 0] = colour.match(/\d+/g)?.map(Number) ?? []
  return [r, g, b]
}
