import { randomWeights } from '../models/weightsSource.ts'
import type { StartValues } from './trainingNetwork.ts'

/** First values of a network's weights: those of its random twin with the same seed, so kernels are Glorot uniform. */
export function startingWeights(seed: number): StartValues {
  const source = randomWeights(seed, 'glorot uniform')
  return (name, shape) => source.weight(name, shape)()
}
