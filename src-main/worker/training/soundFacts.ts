/** Below this peak a sound counts as silent, in dB of full scale. */
const silentDb = -80

/** The largest value of the coarsest format, 8-bit PCM: what lies below is not at full scale in any. */
const fullScale = 127 / 128

/**
 * What can be wrong with a sound.
 *
 * @param samples  float32 [samples], full scale = 1
 * @returns silent: its peak lies below -80 dB of full scale once the mean is removed; clipped: three equal samples in a row at full scale
 */
export function soundFacts(samples: Float32Array): { silent: boolean; clipped: boolean } {
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length
  const peak = samples.reduce((highest, x) => Math.max(highest, Math.abs(x - mean)), 0)
  const clipped = samples.some((x, i) => Math.abs(x) >= fullScale && x === samples[i - 1] && x === samples[i - 2])
  return { silent: peak < 10 ** (silentDb / 20), clipped }
}
