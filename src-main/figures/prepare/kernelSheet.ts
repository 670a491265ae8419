import type { Examination } from '../../domain/trainingRecords.ts'

export interface KernelWeight {
  /** From 1 on. */
  kernel: number
  row: number
  column: number
  channel: number
  weight: number
}

export interface KernelPixel {
  kernel: number
  /** From the sheet's left and top, in pixels of kernels. */
  left: number
  top: number
  /** Of each channel: one, or red, green and blue. */
  weights: number[]
}

export interface KernelSheet {
  pixels: KernelPixel[]
  /** Where the number of each kernel stands: at its left, above it. */
  numbers: Array<{ kernel: number; left: number; top: number }>
  /** In pixels of kernels. */
  width: number
  height: number
  /** Of all weights, at least 0. */
  largest: number
  channels: number
}

/** The weights one by one, in the order of the kernels. */
export function kernelWeights({ shape, data }: Examination['kernels']): KernelWeight[] {
  const [rows, columns, channels, kernels] = shape as [number, number, number, number]
  return range(kernels).flatMap((kernel) => range(rows).flatMap((row) => range(columns).flatMap((column) => range(channels).map((channel) => ({
    kernel: kernel + 1, row, column, channel, weight: data[((row * columns + column) * channels + channel) * kernels + kernel]!,
  })))))
}

/**
 * Lay kernels out side by side, so that they are as large as a sheet of this ratio allows.
 *
 * @param ratio    of the sheet, width to height
 * @param upwards  the first row lies at the bottom: low frequencies
 */
export function kernelSheet(kernels: Examination['kernels'], ratio: number, upwards: boolean): KernelSheet {
  const [rows, columns, channels, count] = kernels.shape as [number, number, number, number]
  const gap = Math.max(rows, columns) / 4
  const [stepX, stepY] = [columns + gap, rows + gap]
  const across = columnsFor(count, { stepX, stepY, ratio })
  const cornerOf = (kernel: number): { left: number; top: number } => ({ left: ((kernel - 1) % across) * stepX, top: gap + Math.floor((kernel - 1) / across) * stepY })
  const pixels = new Map<string, KernelPixel>()
  for (const { kernel, row, column, weight } of kernelWeights(kernels)) {
    const { left, top } = cornerOf(kernel)
    const key = `${kernel} ${row} ${column}`
    const pixel = pixels.get(key) ?? { kernel, left: left + column, top: top + (upwards ? rows - 1 - row : row), weights: [] }
    pixel.weights.push(weight)
    pixels.set(key, pixel)
  }
  return {
    pixels: [...pixels.values()],
    numbers: range(count).map((i) => ({ kernel: i + 1, ...cornerOf(i + 1) })),
    width: across * stepX - gap,
    height: Math.ceil(count / across) * stepY,
    largest: kernels.data.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
    channels,
  }
}

/** So many side by side that a pixel is as large as it can be. */
function columnsFor(count: number, { stepX, stepY, ratio }: { stepX: number; stepY: number; ratio: number }): number {
  const sizeWith = (across: number): number => Math.min(ratio / (across * stepX), 1 / (Math.ceil(count / across) * stepY))
  return range(count).map((i) => i + 1).reduce((best, across) => (sizeWith(across) > sizeWith(best) ? across : best), 1)
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
