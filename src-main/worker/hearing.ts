/** Rate and length of the sounds that a network takes. */
export interface SoundSize {
  sampleRateHz: number
  samples: number
}

/** What the networks of 2019 hear, and the cochleagram shows: 2 s at 20 kHz. @source Feather et al. 2019, section 3.2 */
export const hearing = { sampleRateHz: 20_000, samples: 40_000 } as const satisfies SoundSize
