import imagenetLabels from '../../resources/labels/imagenet-1000.json' with { type: 'json' }
import sixteen from '../../resources/labels/imagenet16.json' with { type: 'json' }
import { UsageError } from '../domain/errors.ts'
import { nearestWords } from '../domain/nearestWords.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { NamedAs, RecognitionRule } from '../domain/recognition.ts'

/** True classes of references as people write them: a label or one of its names, the index of a label, or a category of the 16. */

const categories: Record<string, number[]> = sixteen.categories

/**
 * Is this the answer?
 *
 * @returns null where the answer says nothing under this rule: a class that belongs to no category, or a category where a class is asked for
 */
export function isAnswer(named: NamedAs, answer: string, rule: RecognitionRule): boolean | null {
  if (rule === '16-way') {
    const category = categoryOf(answer)
    return category === null || named.category16 === null ? null : named.category16 === category
  }
  if (isIndex(answer)) return named.index === Number(answer)
  return isOnlyACategory(answer) ? null : bears(named.label, answer)
}

/** @throws UsageError at the first answer that no network could give, with those that may be meant: a slip of the pen would count as never recognised */
export function checkAnswers(answers: Iterable<string>, networks: readonly NetworkSummary[]): void {
  const lists = [...new Set(networks.map(({ labels }) => labels))].filter((labels) => labels.length > 0)
  for (const answer of answers) {
    const known = isIndex(answer) ? lists.some((labels) => Number(answer) < labels.length) : lists.some((labels) => labels.some((label) => bears(label, answer)))
    if (known || categories[answer] !== undefined) continue
    throw new UsageError(`"${answer}" is no label of any network here, no index of one, and none of the 16 categories. ${meantBy(answer, lists)}"lab networks --json" lists the labels.`)
  }
}

/** A sentence with the names nearest to it; empty where none is near. */
function meantBy(answer: string, lists: ReadonlyArray<readonly string[]>): string {
  const names = lists.flat().flatMap((label) => label.split(',').map((name) => name.trim()))
  const near = nearestWords(answer, [...names, ...Object.keys(categories)]).map((name) => `"${name}"`)
  return near.length > 0 ? `Nearest: ${near.join(', ')}. ` : ''
}

function categoryOf(answer: string): string | null {
  if (categories[answer] !== undefined) return answer
  const index = isIndex(answer) ? Number(answer) : imagenetLabels.findIndex((label) => bears(label, answer))
  return sixteen.category_order.find((category) => categories[category]!.includes(index)) ?? null
}

function isOnlyACategory(answer: string): boolean {
  return categories[answer] !== undefined && !imagenetLabels.some((label) => bears(label, answer))
}

function isIndex(answer: string): boolean {
  return /^\d+$/.test(answer)
}

/** Labels of ImageNet hold several names, with commas between. */
function bears(label: string, name: string): boolean {
  const plain = (text: string): string => text.trim().toLowerCase().replaceAll('_', ' ')
  return plain(label) === plain(name) || label.split(',').some((one) => plain(one) === plain(name))
}
