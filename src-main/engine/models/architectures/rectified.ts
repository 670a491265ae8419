import { endInRelu } from '../rectifier.ts'
import type { Layer, StageStep } from './architecture.ts'

/**
 * A stage that ends in a ReLU, with the gradient asked for.
 *
 * @param layer       up to the ReLU
 * @param wholeLayer  the same and an ordinary ReLU, where there is a way that needs no room for what is between
 */
export function rectified(name: string, layer: Layer, wholeLayer?: Layer): StageStep {
  return {
    name,
    forward(x, end) {
      if (wholeLayer && end === 'ordinary') return wholeLayer(x)
      const linear = layer(x)
      const y = endInRelu(linear, end)
      // No gradient needs it.
      linear.dispose()
      return y
    },
  }
}
