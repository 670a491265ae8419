import type { CardDraft, GraphDescription, GraphNodeDescription } from '../domain/importing.ts'
import { frontEndChoices } from '../domain/frontEndChoices.ts'
import { normalisationPresets } from '../domain/normalisationPresets.ts'
import { wrong, type Arguments } from './command.ts'
import { labelsInFile } from './labelsFile.ts'

const command = { name: 'import' }

/** By their names on the command line. */
export const normalisations = byName(normalisationPresets)
export const frontEnds = byName(frontEndChoices)

/** What the importer suggests, as the options change it; its stages still have the shapes of the suggestion. */
export function draftFrom(suggestion: CardDraft, args: Arguments): CardDraft {
  const normalisation = args.optional('normalisation')
  const frontEnd = args.optional('front-end')
  return {
    ...suggestion,
    input: inputFrom(suggestion.input, args),
    ...(normalisation === undefined ? {} : { normalisation: named(normalisations, 'normalisation', normalisation) }),
    ...(frontEnd === undefined ? {} : { frontEnd: named(frontEnds, 'front-end', frontEnd) }),
    ...labelsFrom(args),
    name: args.optional('name') ?? suggestion.name,
    source: args.optional('source') ?? suggestion.source,
    licence: args.optional('licence') ?? suggestion.licence,
  }
}

/**
 * The stages chosen, with the shapes they have for this input.
 *
 * @param layers  nodes, by the tensor they give, or stages of the suggestion by name; absent: the suggestion's
 */
export function withStages(draft: CardDraft, { nodes }: GraphDescription, layers: string[] | null): CardDraft {
  const tensorOf = new Map(draft.stages.map(({ name, tensor }) => [name, tensor ?? name]))
  const last = draft.stages.at(-1)!
  const names = layers ?? draft.stages.map(({ name }) => name)
  // The last stage gives the labels, so it stays.
  const wanted = names.includes(last.name) ? names : [...names, last.name]
  const stages = wanted.map((name) => stageOf(name, tensorOf.get(name) ?? name, nodes))
  return { ...draft, stages: stages.sort((a, b) => a.place - b.place).map(({ place: _, ...stage }) => stage) }
}

function stageOf(name: string, tensor: string, nodes: GraphNodeDescription[]): CardDraft['stages'][number] & { place: number } {
  const place = nodes.findIndex((node) => node.tensor === tensor)
  const node = nodes[place]
  if (!node) throw wrong(command, `there is no layer "${name}" in this network; --dry-run --verbose lists the layers`)
  const { shape, metamerLayer, endsIn } = node
  return { place, name, ...(tensor === name ? {} : { tensor }), shape, metamerLayer, endsIn }
}

function inputFrom(input: CardDraft['input'], args: Arguments): CardDraft['input'] {
  if (input.kind === 'audio') {
    const samples = args.optional('samples') === undefined ? input.samples : args.whole('samples', 1, 1e8)
    const sampleRateHz = args.optional('rate') === undefined ? input.sampleRateHz : args.whole('rate', 1, 1e6)
    return { ...input, samples, sampleRateHz }
  }
  const size = args.optional('size')
  if (size === undefined) return input
  const [, height, width = height] = /^([1-9]\d{0,4})(?:x([1-9]\d{0,4}))?$/.exec(size) ?? []
  if (height === undefined) throw wrong(command, `--size takes a side such as 224, or HEIGHTxWIDTH, not "${size}"`)
  return { ...input, height: Number(height), width: Number(width) }
}

function labelsFrom(args: Arguments): Pick<CardDraft, 'labels'> | object {
  const labels = args.optional('labels')
  if (labels === undefined) return {}
  if (labels === 'none') return { labels: null }
  return { labels: labels === 'imagenet-1000' ? labels : labelsInFile(labels) }
}

function byName<T>(presets: ReadonlyArray<{ name: string; value: T }>): Record<string, T> {
  return Object.fromEntries(presets.map(({ name, value }) => [name, value]))
}

function named<T>(choices: Record<string, T>, option: string, value: string): T {
  if (Object.hasOwn(choices, value)) return choices[value]!
  throw wrong(command, `--${option} takes ${Object.keys(choices).join(', ')}, not "${value}"`)
}
