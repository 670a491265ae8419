import { NumericalError, ProtocolError, ShapeError } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import type { Protocol } from '../../domain/protocol.ts'
import type { LabelScore, Recognition, Verdict } from '../../domain/run.ts'
import { greedyText } from './greedyText.ts'
import { sixteenWay, type SixteenCategories } from './sixteenWay.ts'

/** Labels told of each signal. */
const shown = 5

/**
 * Name what a network takes a signal for: its best labels, best first; of a network that writes, its text alone.
 *
 * @param logits      [classes], before softmax or sigmoid; of a network that writes [steps, symbols]
 * @param labels      class names in index order, or symbols
 * @param head        'softmax': one label out of all; 'sigmoid': each on its own, the top one counts; 'ctc': a text
 * @param categories  the 16 categories, for pictures with ImageNet labels or with the 16 as labels; null otherwise
 * @throws ShapeError when there is not one label for each logit (of a step)
 * @throws NumericalError when a logit is NaN
 */
export function recogniseLabels(
  logits: Float32Array,
  labels: readonly string[],
  head: NetworkSummary['head'],
  categories: SixteenCategories | null = null,
): Recognition {
  checkLogits(logits, labels, head)
  if (head === 'ctc') {
    const { text, probability } = greedyText(logits, labels)
    return { top: [{ index: 0, label: text, probability }], category16: null }
  }
  const probabilities = head === 'softmax' ? softmax(logits) : Float64Array.from(logits, (z) => 1 / (1 + Math.exp(-z)))
  const order = Array.from(logits, (_, index) => index).sort((a, b) => logits[b]! - logits[a]! || a - b)
  return {
    top: order.slice(0, shown).map((index) => ({ index, label: labels[index]!, probability: probabilities[index]! })),
    category16: categories && sixteenWay(logits, categories),
  }
}

/**
 * Decide criterion 1: do reference and metamer get the same label?
 * Classes are compared by index, because two may bear one name; texts, which have no index, by their letters.
 *
 * @returns 'not applicable' when the network has no labels
 * @throws ProtocolError when the 16-way rule is asked of a network without ImageNet labels
 */
export function sameLabel(
  reference: Recognition | null,
  metamer: Recognition | null,
  criterion: Protocol['labelCriterion'],
): Verdict['sameLabel'] {
  if (reference === null || metamer === null) return 'not applicable'
  const same =
    criterion === '16-way'
      ? categoryOf(reference) === categoryOf(metamer)
      : isSame(reference.top[0]!, metamer.top[0]!)
  return same ? 'yes' : 'no'
}

function isSame(a: LabelScore, b: LabelScore): boolean {
  return a.index === b.index && a.label === b.label
}

/** The label that the criterion compares, for showing. */
export function decisiveLabel(recognition: Recognition, criterion: Protocol['labelCriterion']): string {
  return criterion === '16-way' ? categoryOf(recognition) : recognition.top[0]!.label
}

function categoryOf({ category16 }: Recognition): string {
  if (category16 !== null) return category16
  throw new ProtocolError(
    'The 16-way label criterion needs a network with ImageNet labels, which this one does not have. Set labelCriterion to "all".',
  )
}

function softmax(logits: Float32Array): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const powers = Float64Array.from(logits, (z) => Math.exp(z - highest))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((p) => p / sum)
}

function checkLogits(logits: Float32Array, labels: readonly string[], head: NetworkSummary['head']): void {
  const fits = head === 'ctc' ? logits.length % labels.length === 0 : logits.length === labels.length
  if (!fits || logits.length === 0) {
    throw new ShapeError(
      `The network gives ${logits.length} logits, but its card lists ${labels.length} labels; there should be one for each${head === 'ctc' ? ' of every step' : ''}, in index order. Correct the card's list of labels.`,
    )
  }
  const bad = logits.findIndex(Number.isNaN)
  if (bad < 0) return
  throw new NumericalError(
    `Logit ${bad} ("${labels[bad % labels.length]}") is not a number, so no label can be given. Check the network's weights.`,
  )
}
