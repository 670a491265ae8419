/** Counts of files by how long they last, in bins of equal width from 0 to the longest. */
export function durationBins(durationsS: ArrayLike<number>, bins: number): { widthS: number; counts: number[] } {
  const longest = Array.from(durationsS).reduce((a, b) => Math.max(a, b), 0)
  const widthS = longest / bins
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < durationsS.length; i++) counts[Math.min(bins - 1, Math.floor(durationsS[i]! / widthS))]!++
  return { widthS, counts }
}
