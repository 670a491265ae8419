import { interpolateRdBu } from 'd3-scale-chromatic'
import { parseColour } from './colourMap.ts'

export interface KernelPicture {
  height: number
  width: number
  rgb: Uint8Array
}

/**
 * Draw the kernels of a first layer; all share the range. Those over one channel, of a cochleagram, have low frequencies at the bottom: red is
 * positive, blue negative, white 0. Those over three are drawn in their colours, grey is 0.
 *
 * @param shape  [rows, columns, 1 or 3, kernels]; rows from low to high frequency, or from the top
 * @param data   row-major
 */
export function kernelPictures(shape: readonly number[], data: ArrayLike<number>): KernelPicture[] {
  const [height, width, channels, kernels] = shape as [number, number, number, number]
  const largest = Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  return Array.from({ length: kernels }, (_, kernel) => {
    const rgb = new Uint8Array(3 * height * width)
    const valueAt = (row: number, column: number, channel: number): number => data[((row * width + column) * channels + channel) * kernels + kernel]! / largest
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        if (channels === 3) rgb.set([0, 1, 2].map((channel) => greyed(valueAt(row, column, channel))), 3 * (row * width + column))
        else rgb.set(parseColour(interpolateRdBu((1 - valueAt(row, column, 0)) / 2)), 3 * ((height - 1 - row) * width + column))
      }
    }
    return { height, width, rgb }
  })
}

/** -1 to 1 as a byte. */
function greyed(value: number): number {
  return Math.round(127.5 * (1 + value))
}
