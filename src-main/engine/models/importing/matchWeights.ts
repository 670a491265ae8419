import type { WeightMatch, WeightMatchRow } from '../../../domain/importing.ts'
import type { Card } from '../../../domain/card.ts'
import type { CatalogueEntry } from '../catalogue.ts'
import { byOrder } from './byOrder.ts'
import { conventionCard, withOutputs } from './conventionCard.ts'
import type { Convention, FindSource, Source } from './convention.ts'
import { listWeights } from './listWeights.ts'
import { sameShape, type NamedShape } from './namedShape.ts'
import { byPlainName } from './plainNames.ts'

/** How a file's arrays fall to a network's weights, and what the network is then. */
export interface WeightPlan {
  match: WeightMatch
  /** The catalogue's card as the file changes it; not an own network's yet. */
  card: Card
  /** By the network's name for each weight that was found. Names are the file's own. */
  sources: ReadonlyMap<string, Source>
}

/**
 * Match the arrays of a file with a catalogue network's weights: by the names of each convention there is, else by order and shape.
 * Only names and shapes are looked at. Of several conventions the one counts that leaves the fewest weights without a source.
 */
export function matchWeights(entry: CatalogueEntry, conventions: readonly Convention[], arrays: readonly NamedShape[]): WeightPlan {
  const file = byPlainName(arrays)
  const named = conventions.map((convention) => planByNames(entry, convention, file))
  const best = named.reduce((a, b) => (missingOf(b) < missingOf(a) ? b : a))
  if (missingOf(best) === 0) return best
  const ordered = planByOrder(entry, file)
  return missingOf(ordered) < missingOf(best) ? ordered : best
}

/** Weights of the network that the file has nothing for. */
export function missingOf({ match }: Pick<WeightPlan, 'match'>): number {
  return match.rows.filter(({ source }) => source === null).length
}

type File = ReadonlyMap<string, NamedShape>

function planByNames(entry: CatalogueEntry, convention: Convention, file: File): WeightPlan {
  const find = convention.rules([...file.keys()], listWeights(entry))
  const based = conventionCard(entry.card, convention)
  const { card, changes } = withOutputs(based.card, outputsIn(entry, find, file))
  const weights = listWeights({ ...entry, card })
  return planOf({ convention: convention.name, card, changes: [...based.changes, ...changes], file, find, how: 'name' }, weights)
}

/** As many as the last weight, the bias of the head, has in the file. */
function outputsIn(entry: CatalogueEntry, find: FindSource, file: File): number | null {
  const source = find(listWeights(entry).at(-1)!.name)
  const shape = source ? file.get(source.name)?.shape : undefined
  return shape?.length === 1 ? shape[0]! : null
}

function planByOrder(entry: CatalogueEntry, file: File): WeightPlan {
  const arrays = [...file].map(([name, { shape }]) => ({ name, shape }))
  const found = byOrder(arrays, (outputs) => listWeights({ ...entry, card: withOutputs(entry.card, outputs).card }))
  const { card, changes } = withOutputs(entry.card, found.outputs)
  const told = found.sources.size > 0 ? ['No names that are known: check that layers and weights belong together, and that pictures or sounds are scaled as this network\'s card says.'] : []
  const find: FindSource = (weight) => found.sources.get(weight)?.source ?? null
  const how = (weight: string) => found.sources.get(weight)!.how
  return planOf({ convention: 'order and shape', card, changes: [...changes, ...told], file, find, how }, listWeights({ ...entry, card }))
}

interface Found {
  convention: string
  card: Card
  changes: string[]
  file: File
  find: FindSource
  how: 'name' | ((weight: string) => WeightMatchRow['how'])
}

function planOf({ convention, card, changes, file, find, how }: Found, weights: readonly NamedShape[]): WeightPlan {
  const sources = new Map<string, Source>()
  const used = new Set<string>()
  const rows = weights.map(({ name: weight, shape }): WeightMatchRow => {
    const source = fitting(find(weight), shape, file)
    if (!source) return { weight, shape: [...shape], source: null, how: null, change: null }
    for (const name of [source.name, source.times]) if (name !== undefined) used.add(name)
    const array = file.get(source.name)!
    sources.set(weight, { ...source, name: array.name, ...(source.times === undefined ? {} : { times: file.get(source.times)!.name }) })
    return { weight, shape: [...shape], source: { name: array.name, shape: [...array.shape] }, how: how === 'name' ? how : how(weight), change: inWords(source) }
  })
  const extra = [...file].filter(([name]) => !used.has(name)).map(([, { name, shape }]) => ({ name, shape: [...shape] }))
  return { match: { network: card.name, convention, rows, extra, changes }, card, sources }
}

/** A source is one only where the file has it, in the shape that its layout asks for. */
function fitting(source: Source | null, weight: readonly number[], file: File): Source | null {
  const array = source && file.get(source.name)
  if (!source || !array || !sameShape(array.shape, source.layout.sourceShape(weight))) return null
  if (source.times === undefined) return source
  const scale = file.get(source.times)
  return scale && sameShape(scale.shape, [weight.at(-1)!]) ? source : null
}

function inWords({ layout, times }: Source): string | null {
  const words = [layout.text, times === undefined ? null : `times ${times}`].filter((text) => text !== null)
  return words.length > 0 ? words.join(', ') : null
}
