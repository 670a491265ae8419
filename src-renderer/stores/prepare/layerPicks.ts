import type { CardDraft, GraphDescription, GraphNodeDescription } from '../../../src-main/domain/importing.ts'

/** Layers to offer: the name each gets, by its tensor. */
export type LayerPicks = ReadonlyMap<string, string>
type Stages = CardDraft['stages']

/** What the importer would offer: the names of its suggestion, where it has one for the tensor. */
export function suggestedPicks({ nodes }: GraphDescription, stages: Stages): LayerPicks {
  const names = new Map(stages.map((stage) => [tensorOf(stage), stage.name]))
  return new Map(nodes.filter((node) => node.suggested || names.has(node.tensor)).map(({ tensor }) => [tensor, names.get(tensor) ?? tensor]))
}

/** Of the picks, those whose tensor is still there: another input size may fold nodes away. */
export function picksThatRemain(picks: LayerPicks, { nodes }: GraphDescription): LayerPicks {
  const tensors = new Set(nodes.map((node) => node.tensor))
  return new Map([...picks].filter(([tensor]) => tensors.has(tensor)))
}

/** Offer a node's output, or offer it no longer. */
export function withToggled(picks: LayerPicks, tensor: string): LayerPicks {
  return picks.has(tensor) ? new Map([...picks].filter(([other]) => other !== tensor)) : new Map(picks).set(tensor, tensor)
}

/** The output whose values are taken for labels: the suggestion's last stage where it is still there, else the graph's last node. */
export function outputOf({ nodes }: GraphDescription, wanted: string | null): string | null {
  return nodes.find((node) => node.tensor === wanted)?.tensor ?? nodes.at(-1)?.tensor ?? null
}

/** The stages of the card, in the graph's order: the layers picked before the output, then the output. */
export function stagesOf({ nodes }: GraphDescription, picks: LayerPicks, output: string | null): Stages {
  const end = nodes.findIndex((node) => node.tensor === output)
  if (end < 0) return []
  return nodes.slice(0, end + 1).flatMap((node, i) => (i === end || picks.has(node.tensor) ? [stageOf(node, picks.get(node.tensor) ?? node.tensor)] : []))
}

/** What keeps the picks from being a network's stages, a sentence; null when nothing does. */
export function picksProblem({ nodes }: GraphDescription, picks: LayerPicks, output: string | null): string | null {
  const stages = stagesOf({ nodes }, picks, output)
  if (stages.length === 0) return 'Choose the output whose values are the labels.'
  if (!stages.some((stage) => stage.metamerLayer)) return 'Tick at least one layer that metamers can be made from.'
  const names = stages.map((stage) => stage.name.trim())
  if (names.includes('')) return `Give the layer of tensor "${tensorOf(stages[names.indexOf('')]!)}" a name.`
  const twice = names.find((name, i) => names.indexOf(name) < i)
  return twice === undefined ? null : `Two layers are called "${twice}". Give one of them another name.`
}

/** Ticked layers that come after the output and are left out for that. */
export function picksAfter({ nodes }: GraphDescription, picks: LayerPicks, output: string | null): string[] {
  const end = nodes.findIndex((node) => node.tensor === output)
  return nodes.slice(end + 1).flatMap((node) => picks.get(node.tensor) ?? [])
}

export function tensorOf(stage: Stages[number]): string {
  return stage.tensor ?? stage.name
}

function stageOf({ tensor, shape, endsIn, metamerLayer }: GraphNodeDescription, name: string): Stages[number] {
  return { name: name.trim(), ...(name.trim() === tensor ? {} : { tensor }), shape, metamerLayer, endsIn }
}
