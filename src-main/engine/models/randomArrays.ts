import type { NamedArrays } from '../../domain/weights.ts'
import { frontEndFor } from '../frontends/frontEndFor.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { createLazyTensors } from './lazyTensors.ts'
import { randomWeights, type WeightsSource } from './weightsSource.ts'

/**
 * The random weights of a network, by name, as if a file held them. Each is drawn whenever its values are read: VGG-19's are half a
 * gigabyte, of which few are needed at a time.
 *
 * @returns null where its weights are not random
 */
export function randomArrays({ card, architecture }: CatalogueEntry): NamedArrays | null {
  if (card.weights.state !== 'random') return null
  const source = randomWeights(card.weights.seed, card.weights.kernels)
  const arrays: NamedArrays = new Map()
  const weights: WeightsSource = {
    ...source,
    weight(name, shape) {
      const draw = source.weight(name, shape)
      arrays.set(name, { shape, get data() { return draw() } })
      return draw
    },
  }
  const frontEnd = frontEndFor(card.frontEnd, card.input)
  architecture({ card, weights, tensors: createLazyTensors(), frontEnd })
  frontEnd?.dispose()
  return arrays
}
