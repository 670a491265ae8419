import type { NamedArray } from '../../domain/weights.ts'
import type { GraphBuilder, Traced } from './graphBuilder.ts'

/** What a layer is made of on its way into the graph. */
export interface LayerCall {
  build: GraphBuilder
  fileName: string
  /** Keras' name of the layer. */
  layer: string
  /** Name of the tensor that the call gives. */
  output: string
  config: Record<string, unknown>
  inputs: Traced[]
  /** A weight of the layer, by what Keras calls it. @throws ModelFileError when it is missing */
  weight(kind: string): NamedArray
}
