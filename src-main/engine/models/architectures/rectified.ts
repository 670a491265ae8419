import { endInRelu } from '../rectifier.ts'
import type { Layer, StageStep } from './architecture.ts'

/** A stage that ends in a ReLU, with the gradient asked for. */
export function rectified(name: string, layer: Layer): StageStep {
  return { name, forward: (x, end) => endInRelu(layer(x), end) }
}
