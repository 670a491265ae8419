import type { NamedArray } from '../../domain/weights.ts'

/** Kernels that are shown at most: a dense first layer may have thousands. */
const most = 128

/**
 * Turn first kernels to how they are drawn: frequency down, time across. The first 128 of more.
 *
 * @param kernel  [time, frequency, 1, kernels]
 * @returns       [frequency, time, 1, kernels]
 */
export function frequencyByTime({ shape, data }: NamedArray): NamedArray {
  const [times, frequencies, , kernels] = shape as [number, number, number, number]
  const shown = Math.min(kernels, most)
  const turned = Float32Array.from({ length: times * frequencies * shown }, (_, i) => {
    const [place, kernel] = [Math.floor(i / shown), i % shown]
    const [frequency, time] = [Math.floor(place / times), place % times]
    return data[(time * frequencies + frequency) * kernels + kernel]!
  })
  return { shape: [frequencies, times, 1, shown], data: turned }
}
