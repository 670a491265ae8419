/** Where a word lies in its recording, and how long the clip is; all in seconds. */
export interface WordPlace {
  /** Start of the clip in the recording; may be negative, which is silence. */
  clipStartS: number
  clipLengthS: number
  /** null when it is not known: then the clip is not shifted by itself. */
  word: { startS: number; endS: number } | null
}

/**
 * How far a clip may be moved so that the word still covers its centre.
 *
 * @param largestS  the most in either direction
 * @returns seconds to add to the start of the clip, [lowest, highest]; [0, 0] when the word does not cover the centre now
 */
export function shiftRange({ clipStartS, clipLengthS, word }: WordPlace, largestS: number): [number, number] {
  if (!word) return [0, 0]
  const centreS = clipStartS + clipLengthS / 2
  if (centreS < word.startS || centreS > word.endS) return [0, 0]
  return [Math.max(-largestS, word.startS - centreS), Math.min(largestS, word.endS - centreS)]
}
