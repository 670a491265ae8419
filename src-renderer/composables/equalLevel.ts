/**
 * Gains that play sounds at the same level: the louder ones are brought down to the softest one's RMS, so that none
 * can clip. Where one is silent, all are left as they are.
 */
export function equalLevelGains(...sounds: Float32Array[]): number[] {
  const levels = sounds.map(rms)
  const softest = Math.min(...levels)
  return levels.map((level) => (softest === 0 ? 1 : softest / level))
}

/** Root mean square about the mean; 0 for no samples. */
export function rms(samples: Float32Array): number {
  if (samples.length === 0) return 0
  let sum = 0
  let squares = 0
  for (const sample of samples) {
    sum += sample
    squares += sample * sample
  }
  const mean = sum / samples.length
  return Math.sqrt(Math.max(0, squares / samples.length - mean * mean))
}
