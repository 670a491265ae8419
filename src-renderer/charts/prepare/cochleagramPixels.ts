import type { CochleagramPicture } from '../../../src-main/domain/stimulus.ts'

/**
 * Colour a cochleagram: low frequencies at the bottom, as it is read.
 *
 * @param maximum  value shown in the last colour; give two pictures the same one to compare them
 * @param table  256 RGB colours
 * @returns RGBA bytes [rows, columns]
 */
export function cochleagramPixels(picture: CochleagramPicture, maximum: number, table: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const { rows, columns, data } = picture
  const pixels = new Uint8ClampedArray(rows * columns * 4)
  const scale = maximum > 0 ? picture.maximum / maximum : 0
  for (let row = 0; row < rows; row++) {
    const top = (rows - 1 - row) * columns
    for (let column = 0; column < columns; column++) {
      const entry = 3 * Math.min(255, Math.round(data[row * columns + column]! * scale))
      pixels.set([table[entry]!, table[entry + 1]!, table[entry + 2]!, 255], 4 * (top + column))
    }
  }
  return pixels
}

/** RGB bytes to the RGBA that a canvas takes. */
export function rgbaFromRgb(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const count = rgb.length / 3
  const pixels = new Uint8ClampedArray(count * 4)
  for (let i = 0; i < count; i++) pixels.set([rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!, 255], 4 * i)
  return pixels
}
