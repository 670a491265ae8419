/** Share of examples whose right class is among the `k` highest outputs; a tie counts as lower, and NaN as a miss. */
export function topK(logits: Float32Array, classes: readonly number[], k: number): number {
  const count = logits.length / classes.length
  const hits = classes.filter((right, i) => {
    const row = logits.subarray(i * count, (i + 1) * count)
    let above = 0
    // Asked the other way round, so that NaN counts as above.
    for (let c = 0; c < count; c++) if (c !== right && !(row[c]! < row[right]!)) above++
    return above < k && !Number.isNaN(row[right])
  })
  return hits.length / classes.length
}

/**
 * The highest output of each example, the first of equals, and its softmax probability.
 *
 * @param logits  [examples, outputs] in rows
 */
export function bestAnswers(logits: ArrayLike<number>, outputs: number): Array<{ best: number; probability: number }> {
  return Array.from({ length: logits.length / outputs }, (_, i) => {
    const row = Array.from({ length: outputs }, (_, c) => logits[i * outputs + c]!)
    const best = row.reduce((highest, value, c) => (value > row[highest]! ? c : highest), 0)
    return { best, probability: 1 / row.reduce((sum, value) => sum + Math.exp(value - row[best]!), 0) }
  })
}

/**
 * Area under the ROC curve: the chance that a positive scores higher than a negative, ties counting half.
 *
 * @param scores    any unit, higher is more likely present
 * @param positive  whether the label is present
 * @returns [0, 1]; NaN when all examples are alike
 */
export function areaUnderRoc(scores: ArrayLike<number>, positive: ArrayLike<boolean | number>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let [positives, rankSum] = [0, 0]
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++
    const rank = (start + 1 + end) / 2
    for (let i = start; i < end; i++) {
      if (!positive[order[i]!]) continue
      positives++
      rankSum += rank
    }
    start = end
  }
  const negatives = order.length - positives
  return positives && negatives ? (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives) : NaN
}

/**
 * Area for each label, and their mean over the labels that have one.
 *
 * @param logits   float32 [examples, labels]
 * @param present  0 or 1, [examples, labels]
 */
export function areasByLabel(logits: Float32Array, present: Float32Array, labels: number): { areas: number[]; mean: number } {
  const column = (values: Float32Array, label: number) => values.filter((_, i) => i % labels === label)
  const areas = Array.from({ length: labels }, (_, label) => areaUnderRoc(column(logits, label), column(present, label)))
  const known = areas.filter((area) => !Number.isNaN(area))
  return { areas, mean: known.reduce((sum, area) => sum + area, 0) / known.length }
}
