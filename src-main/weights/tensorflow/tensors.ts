import type { GraphConstant } from '../../domain/graph.ts'
import type { GraphBuilder } from '../keras/graphBuilder.ts'

export const toChannelsLast = [0, 2, 3, 1]
export const toChannelsFirst = [0, 3, 1, 2]

/**
 * The tensors of the graph in the making, by TensorFlow's names. TensorFlow has the channels of pictures last and ONNX has them
 * first: each tensor is kept as the operators around it want it, and turned only for those that want the other order. Turning
 * costs nothing when the network is computed, for there the channels lie last in memory either way.
 */
export interface Tensors {
  /** Say that a picture's tensor is there with its channels first. */
  setPicture(name: string): void
  isPicture(name: string): boolean
  /** Name of the tensor with its axes as TensorFlow has them. */
  asStated(name: string): string
  /** Name of the picture with its channels first. */
  asPicture(name: string): string
  /** Say that a name stands for what another one does. */
  setAlias(name: string, of: string): void
  /** The values, where the file holds them. */
  constant(name: string): GraphConstant | null
}

export function createTensors(build: GraphBuilder): Tensors {
  const pictures = new Set<string>()
  const turned = new Map<string, string>()
  const aliases = new Map<string, string>()
  const named = (name: string) => aliases.get(name) ?? name

  function inOtherOrder(name: string, order: number[], suffix: string): string {
    const known = turned.get(name) ?? build.add('Transpose', [name], `${name} (${suffix})`, { perm: order })
    turned.set(name, known)
    return known
  }

  return {
    setPicture: (name) => void pictures.add(name),
    isPicture: (name) => pictures.has(name),
    asStated: (name) => (pictures.has(name) ? inOtherOrder(name, toChannelsLast, 'channels last') : named(name)),
    asPicture: (name) => (pictures.has(name) ? name : inOtherOrder(named(name), toChannelsFirst, 'channels first')),
    setAlias: (name, of) => void aliases.set(name, named(of)),
    constant: (name) => build.constants.get(named(name)) ?? null,
  }
}
