import sixteenCategories from '../../resources/labels/imagenet16.json' with { type: 'json' }
import type { NetworkSummary } from '../domain/network.ts'
import type { Recognition } from '../domain/run.ts'
import { recogniseLabels } from '../engine/validation/recogniseLabels.ts'
import type { SixteenCategories } from '../engine/validation/sixteenWay.ts'

const imagenetClasses = 1000

/** Name what a network takes a signal for, by what its last stage gives; null for a network without labels. */
export function nameLogits({ labels, kind, head }: Pick<NetworkSummary, 'labels' | 'kind' | 'head'>, logits: Float32Array): Recognition | null {
  if (labels.length === 0) return null
  return recogniseLabels(logits, labels, head, kind === 'image' ? categoriesOf(labels) : null)
}

/** The 16 categories are groups of the usual 1000 classes; a network may also have been trained on them, each a label of its own. */
function categoriesOf(labels: readonly string[]): SixteenCategories | null {
  if (labels.length === imagenetClasses) return sixteenCategories
  const { category_order } = sixteenCategories
  if (labels.length !== category_order.length || !category_order.every((category) => labels.includes(category))) return null
  return { category_order, categories: Object.fromEntries(labels.map((label, index) => [label, [index]])) }
}
