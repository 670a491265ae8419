import { NumericalError, ProtocolError, ShapeError } from '../../domain/errors.ts'
import type { Protocol } from '../../domain/protocol.ts'
import type { Recognition, Verdict } from '../../domain/run.ts'
import { sixteenWay, type SixteenCategories } from './sixteenWay.ts'

/** Labels told of each signal. */
const shown = 5

/**
 * Name what a network takes a signal for: its best labels, best first.
 *
 * @param logits      [classes], before softmax or sigmoid
 * @param labels      class names in index order
 * @param head        'softmax': one label out of all; 'sigmoid': each on its own, the top one counts
 * @param categories  the 16 categories, for pictures with ImageNet labels; null otherwise
 * @throws ShapeError when there is not one label for each logit
 * @throws NumericalError when a logit is NaN
 */
export function recogniseLabels(
  logits: Float32Array,
  labels: readonly string[],
  head: 'softmax' | 'sigmoid',
  categories: SixteenCategories | null = null,
): Recognition {
  checkLogits(logits, labels)
  const probabilities = head === 'softmax' ? softmax(logits) : Float64Array.from(logits, (z) => 1 / (1 + Math.exp(-z)))
  const order = Array.from(logits, (_, index) => index).sort((a, b) => logits[b]! - logits[a]! || a - b)
  return {
    top: order.slice(0, shown).map((index) => ({ index, label: labels[index]!, probability: probabilities[index]! })),
    category16: categories && sixteenWay(logits, categories),
  }
}

/**
 * Decide criterion 1: do reference and metamer get the same label?
 * Compared by index, because two classes may bear one name.
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
      : reference.top[0]!.index === metamer.top[0]!.index
  return same ? 'yes' : 'no'
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

function checkLogits(logits: Float32Array, labels: readonly string[]): void {
  if (logits.length !== labels.length || logits.length === 0) {
    throw new ShapeError(
      `The network gives ${logits.length} logits, but its card lists ${labels.length} labels; there should be one for each, in index order. Correct the card's list of labels.`,
    )
  }
  const bad = logits.findIndex(Number.isNaN)
  if (bad < 0) return
  throw new NumericalError(
    `Logit ${bad} ("${labels[bad]}") is not a number, so no label can be given. Check the network's weights.`,
  )
}
