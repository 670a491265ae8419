/** Two conventions for how far a metamer's activations are from the reference's. Never mix them. */

/**
 * The authors' "dB SNR": ratio of norms, not of powers; half of what the name usually means.
 *
 * @returns dB; Infinity when the activations are equal, NaN when both norms are zero
 * @source authors' 2023 code, distance_measures.py
 */
export function dbAuthors(referenceNorm: number, differenceNorm: number): number {
  return 10 * Math.log10(referenceNorm / differenceNorm)
}

/**
 * The conventional signal-to-noise ratio, of powers.
 *
 * @returns dB; Infinity when the activations are equal, NaN when both norms are zero
 */
export function dbPower(referenceNorm: number, differenceNorm: number): number {
  return 20 * Math.log10(referenceNorm / differenceNorm)
}
