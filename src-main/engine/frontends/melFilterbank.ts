export interface MelOptions {
  sampleRateHz: number
  /** Samples of a frame; the half spectrum has frameLength / 2 + 1 bins. */
  frameLength: number
  /** Triangles from 0 Hz to half the sample rate. */
  filters: number
}

/** Slaney's scale: linear up to here, logarithmic above. */
const cornerHz = 1000
const hzPerMel = 200 / 3
const cornerMel = cornerHz / hzPerMel
/** 27 mels for a factor of 6.4. */
const logStep = Math.log(6.4) / 27

/**
 * Design triangles spaced evenly in mel, each as high as 2 / its width in Hz, so that all have one area.
 *
 * @returns [filters, bins], row-major, low to high
 * @source librosa, filters.mel with its defaults (Slaney 1998)
 */
export function melFilterbank({ sampleRateHz, frameLength, filters }: MelOptions): Float64Array {
  const bins = frameLength / 2 + 1
  const highest = hzToMel(sampleRateHz / 2)
  const edges = Float64Array.from({ length: filters + 2 }, (_, i) => melToHz((i * highest) / (filters + 1)))
  return Float64Array.from({ length: filters * bins }, (_, i) => {
    const [low, centre, high] = edges.subarray(Math.floor(i / bins)) as unknown as [number, number, number]
    const hz = ((i % bins) * sampleRateHz) / frameLength
    const height = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre))
    return (Math.max(0, height) * 2) / (high - low)
  })
}

function hzToMel(hz: number): number {
  return hz < cornerHz ? hz / hzPerMel : cornerMel + Math.log(hz / cornerHz) / logStep
}

function melToHz(mel: number): number {
  return mel < cornerMel ? mel * hzPerMel : cornerHz * Math.exp((mel - cornerMel) * logStep)
}
