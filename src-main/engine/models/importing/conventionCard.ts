import type { Card } from '../../../domain/card.ts'
import type { Convention } from './convention.ts'

/** A card and what was changed about it, a sentence each. */
export interface ChangedCard {
  card: Card
  changes: string[]
}

/** The catalogue's card as a convention has the network. */
export function conventionCard(card: Card, { card: other, changes = [] }: Convention): ChangedCard {
  if (!other) return { card, changes }
  const { normalisation = card.normalisation, variant, side } = other
  const network = { from: 'architecture' as const, name: card.name, ...(variant ? { variant } : {}) }
  return { card: { ...withSide(card, side), normalisation, network }, changes }
}

/** The network for pictures of another size: every stage is a whole fraction of it, rounded up. */
function withSide(card: Card, side: number | undefined): Card {
  const { input } = card
  if (side === undefined || input.kind !== 'image') return card
  const scaled = (length: number): number => Math.ceil(side / (input.height / length))
  const stages = card.stages.map((stage) => {
    const [height, width, channels] = stage.shape
    return channels === undefined ? stage : { ...stage, shape: [scaled(height!), scaled(width!), channels] }
  })
  return { ...card, input: { ...input, height: side, width: side }, stages }
}

/** The network with another number of outputs; null leaves it alone. The labels are kept only where they still fit. */
export function withOutputs(card: Card, outputs: number | null): ChangedCard {
  const last = card.stages.at(-1)!
  const usual = last.shape.at(-1)!
  if (outputs === null || outputs === usual) return { card, changes: [] }
  const stages = [...card.stages.slice(0, -1), { ...last, shape: [...last.shape.slice(0, -1), outputs] }]
  if (outputs === usual + 1 && card.labels !== null && card.labelOffset === 0) {
    return { card: { ...card, stages, labelOffset: 1 }, changes: [`${outputs} outputs instead of ${usual}: the first is taken for a class "background", the labels follow.`] }
  }
  return { card: { ...withoutLabels(card), stages }, changes: [`${outputs} outputs instead of ${usual}: what they stand for is not known. Give a list of labels, or go without.`] }
}

/** What was said about labels holds no more: the stimuli with known answers go as well. */
export function withoutLabels({ checks: _, ...card }: Card): Card {
  return { ...card, labels: null, labelOffset: 0 }
}
