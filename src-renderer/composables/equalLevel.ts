/**
 * Gains that play two sounds at the same level: the louder one is brought down to the softer one's RMS, so that neither
 * can clip. A silent sound is left as it is.
 */
export function equalLevelGains(a: Float32Array, b: Float32Array): [number, number] {
  const [levelA, levelB] = [rms(a), rms(b)]
  if (levelA === 0 || levelB === 0) return [1, 1]
  const softer = Math.min(levelA, levelB)
  return [softer / levelA, softer / levelB]
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
