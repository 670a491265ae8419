import sixteenCategories from '../../resources/labels/imagenet16.json' with { type: 'json' }
import type { NetworkSummary } from '../domain/network.ts'
import type { Recognition } from '../domain/run.ts'
import { recogniseLabels } from '../engine/validation/recogniseLabels.ts'

/** The 16 categories are defined on this list of labels only. */
const imagenetClasses = 1000

/** Name what a network takes a signal for, by what its last stage gives; null for a network without labels. */
export function nameLogits({ labels, kind, head }: Pick<NetworkSummary, 'labels' | 'kind' | 'head'>, logits: Float32Array): Recognition | null {
  if (labels.length === 0) return null
  const categories = kind === 'image' && labels.length === imagenetClasses ? sixteenCategories : null
  return recogniseLabels(logits, labels, head, categories)
}
