/** The 16 categories and the class indices that count as each; comes as data with the program. */
export interface SixteenCategories {
  category_order: string[]
  /** Class indices by category, 0-based in the usual list of 1000 labels. */
  categories: Record<string, number[]>
}

/**
 * Name the category of a picture: walk the classes from the highest logit down; the first that belongs to a
 * category decides. Of equal logits the lower index goes first, as in an arg max.
 *
 * @param logits            [classes]
 * @param classIndexOffset  what to add to an index of the 1000-label list (1 where class 0 is "background")
 * @source authors' 2023 code, helpers_16_choice.py; grouping of Geirhos et al. 2018
 */
export function sixteenWay(logits: Float32Array, { category_order, categories }: SixteenCategories, classIndexOffset = 0): string {
  // The first class met in that walk is the best of the best members.
  const best = category_order.map((category) => ({
    category,
    index: bestOf(logits, categories[category]!.map((index) => index + classIndexOffset)),
  }))
  return best.reduce((a, b) => (comesBefore(logits, b.index, a.index) ? b : a)).category
}

function bestOf(logits: Float32Array, indices: number[]): number {
  return indices.reduce((a, b) => (comesBefore(logits, b, a) ? b : a))
}

function comesBefore(logits: Float32Array, a: number, b: number): boolean {
  return logits[a]! > logits[b]! || (logits[a] === logits[b] && a < b)
}
