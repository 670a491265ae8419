/**
 * Read the text that a network writes: the best symbol of each step, repetitions counted once, then blanks dropped.
 *
 * @param logits   [steps, symbols], row-major; of equal ones the first wins
 * @param symbols  in index order; the last is the blank
 * @returns        the text, and the geometric mean over the steps of its symbols' probabilities
 * @source Graves et al. 2006, best path decoding
 */
export function greedyText(logits: Float32Array, symbols: readonly string[]): { text: string; probability: number } {
  const steps = Array.from({ length: logits.length / symbols.length }, (_, t) => bestOf(logits.subarray(t * symbols.length, (t + 1) * symbols.length)))
  const blank = symbols.length - 1
  const read = steps.filter(({ index }, t) => index !== blank && index !== steps[t - 1]?.index)
  const meanLog = steps.reduce((sum, { logProbability }) => sum + logProbability, 0) / steps.length
  return { text: read.map(({ index }) => symbols[index]!).join(''), probability: Math.exp(meanLog) }
}

function bestOf(logits: Float32Array): { index: number; logProbability: number } {
  const index = logits.reduce((best, z, i) => (z > logits[best]! ? i : best), 0)
  const highest = logits[index]!
  return { index, logProbability: -Math.log(logits.reduce((sum, z) => sum + Math.exp(z - highest), 0)) }
}
