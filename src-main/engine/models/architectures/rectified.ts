import { endInRelu } from '../rectifier.ts'
import type { Layer, StageStep } from './architecture.ts'

/** A stage that ends in a ReLU, with the gradient asked for. */
export function rectified(name: string, layer: Layer): StageStep {
  return {
    name,
    forward(x, end) {
      const linear = layer(x)
      const y = endInRelu(linear, end)
      // No gradient needs it.
      linear.dispose()
      return y
    },
  }
}
