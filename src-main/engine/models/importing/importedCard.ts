import type { Card } from '../../../domain/card.ts'
import { ModelFileError } from '../../../domain/errors.ts'
import { withoutLabels } from './conventionCard.ts'
import type { WeightPlan } from './matchWeights.ts'

/** What only the importer knows about a network that gets weights from a file. */
export interface ImportedAs {
  name: string
  /** Where the weights come from and under which licence, as the user says. */
  source: string
  licence: string
  /** The user's own list, in the order of the outputs; absent: what the file's convention says. */
  labels?: string[]
  /** The converted file, beside the card. */
  file: string
  hash: string
  sourceFile: { name: string; hash: string }
}

/**
 * The card of an own network: a catalogue network's, as the file changes it.
 *
 * @throws ModelFileError when the labels do not fit the outputs
 */
export function importedCard({ card, match }: WeightPlan, { name, source, licence, labels, file, hash, sourceFile }: ImportedAs): Card {
  return {
    ...(labels ? withOwnLabels(card, labels) : card),
    name,
    aliases: [],
    title: `${card.title.replace(/, (random weights|trained .*|weights needed)$/, '')}, weights of ${sourceFile.name}`,
    network: card.network ?? { from: 'architecture', name: card.name },
    weights: { state: 'trained', source: source || `File ${sourceFile.name}`, licence: licence || 'not stated', file, hash, sourceFile },
    notes: [`Names and layouts of the file: ${match.convention}.`, ...match.changes],
  }
}

/** A list may leave out the "background" class that comes first. */
function withOwnLabels(card: Card, labels: string[]): Card {
  const outputs = card.stages.at(-1)!.shape.at(-1)!
  const labelOffset = outputs - labels.length
  if (labelOffset === 0 || labelOffset === 1) return { ...withoutLabels(card), labels, labelOffset }
  throw new ModelFileError(`The list has ${labels.length} labels; the network has ${outputs} outputs. Give a label for each, in order, or for all but the first where that is a background class.`)
}
