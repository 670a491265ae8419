export interface HtkMelOptions {
  sampleRateHz: number
  transformLength: number
  filters: number
  lowestHz: number
  highestHz: number
  /** Bins before this one are left out. */
  firstBin?: number
}

/** HTK's scale. */
function hzToMel(hz: number): number {
  return 1127 * Math.log(1 + hz / 700)
}

/**
 * Design triangles of height 1, evenly spaced and straight on HTK's mel scale.
 *
 * @returns [bins, filters], row-major, low to high
 * @source AudioSet's mel_features; TensorFlow's mfcc_mel_filterbank, which begins with the second bin above its lower limit
 */
export function htkMelFilterbank({ sampleRateHz, transformLength, filters, lowestHz, highestHz, firstBin = 0 }: HtkMelOptions): Float64Array {
  const lowest = hzToMel(lowestHz)
  const width = (hzToMel(highestHz) - lowest) / (filters + 1)
  return Float64Array.from({ length: (transformLength / 2 + 1) * filters }, (_, i) => {
    const [bin, filter] = [Math.floor(i / filters), i % filters]
    const centre = lowest + width * (filter + 1)
    const mel = hzToMel((bin * sampleRateHz) / transformLength)
    return bin < firstBin ? 0 : Math.max(0, 1 - Math.abs(mel - centre) / width)
  })
}
