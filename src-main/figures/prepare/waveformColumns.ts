export interface WaveformColumn {
  /** Seconds from the beginning, in its middle. */
  timeS: number
  lowest: number
  highest: number
}

/** About the dots of a printer across a panel. */
export const waveformColumnsInPrint = 800

/** Samples of one column in print. */
export function stretchOf(samples: number): number {
  return Math.ceil(samples / waveformColumnsInPrint)
}

/**
 * Gather samples into columns that are narrow enough for print, each with its lowest and its highest value.
 *
 * @param samples  16 bits; full scale is 1 in what comes out
 */
export function waveformColumns(samples: Int16Array, sampleRateHz: number, columns: number): WaveformColumn[] {
  const count = Math.min(columns, samples.length)
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.floor((i * samples.length) / count), Math.floor(((i + 1) * samples.length) / count)]
    const part = samples.subarray(from, to)
    return { timeS: (from + to) / 2 / sampleRateHz, lowest: Math.min(...part) / fullScale, highest: Math.max(...part) / fullScale }
  })
}

export const fullScale = 32_768
