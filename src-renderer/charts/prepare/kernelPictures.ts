import { interpolateRdBu } from 'd3-scale-chromatic'
import { parseColour } from './colourMap.ts'

export interface KernelPicture {
  height: number
  width: number
  /** RGB, low frequencies at the bottom. Red is positive, blue negative, white 0; all kernels share the range. */
  rgb: Uint8Array
}

/**
 * Draw the kernels of a first layer.
 *
 * @param shape  [rows, columns, 1, kernels], rows from low to high frequency
 * @param data   row-major
 */
export function kernelPictures(shape: readonly number[], data: ArrayLike<number>): KernelPicture[] {
  const [height, width, , kernels] = shape as [number, number, number, number]
  const largest = Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  return Array.from({ length: kernels }, (_, kernel) => {
    const rgb = new Uint8Array(3 * height * width)
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const value = data[(row * width + column) * kernels + kernel]! / largest
        rgb.set(parseColour(interpolateRdBu((1 - value) / 2)), 3 * ((height - 1 - row) * width + column))
      }
    }
    return { height, width, rgb }
  })
}
