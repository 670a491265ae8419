import type { Card } from '../../../domain/card.ts'
import type { Layout } from './layouts.ts'
import type { NamedShape } from './namedShape.ts'

/** Where one weight of ours lies in a file. */
export interface Source {
  /** As `plainName` gives it. */
  name: string
  layout: Layout
  /** An array that this one is multiplied by, output by output: the scale of a batch norm that ours does not have. */
  times?: string
}

export type FindSource = (weight: string) => Source | null

/** How a program that writes weight files names and lays out the weights of one network. */
export interface Convention {
  /** Whose it is, as a person would say it. */
  name: string
  /**
   * @param names    of the file's arrays, plain, in the order of the file
   * @param weights  of the network, in the order its architecture announces them
   */
  rules(names: readonly string[], weights: readonly NamedShape[]): FindSource
  /** What the networks of this convention have other than the catalogue's card says. */
  card?: Partial<Pick<Card, 'normalisation'>> & { variant?: ArchitectureVariant; side?: number }
  /** The same in words, a sentence each. */
  changes?: string[]
}

export type ArchitectureVariant = NonNullable<Extract<NonNullable<Card['network']>, { from: 'architecture' }>['variant']>

/** A rule for weights named LAYER.PART; the layer's own name may hold dots. */
export function byLayer(find: (layer: string, part: string) => Source | null): FindSource {
  return (weight) => {
    const dot = weight.lastIndexOf('.')
    return find(weight.slice(0, dot), weight.slice(dot + 1))
  }
}

/** The last word of our names, in those of others. */
export const parts = {
  torch: { kernel: 'weight', bias: 'bias', gamma: 'weight', beta: 'bias', mean: 'running_mean', variance: 'running_var' },
  keras: { kernel: 'kernel', bias: 'bias', gamma: 'gamma', beta: 'beta', mean: 'moving_mean', variance: 'moving_variance' },
  slim: { kernel: 'weights', bias: 'biases', gamma: 'gamma', beta: 'beta', mean: 'moving_mean', variance: 'moving_variance' },
} as const

export function partOf(style: keyof typeof parts, part: string): string {
  return parts[style][part as keyof typeof parts.torch]
}

/** The mean and deviation of ImageNet's pictures, RGB in [0, 1]: what torchvision's networks were trained with. */
export const imagenetNormalisation: NonNullable<Card['normalisation']> = { multiply: 1, subtract: [0.485, 0.456, 0.406], divide: [0.229, 0.224, 0.225], order: 'rgb' }
