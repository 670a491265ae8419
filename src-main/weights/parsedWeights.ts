import type { GraphConstant } from '../domain/graph.ts'
import type { NamedArrays } from '../domain/weights.ts'

/** In which order a format stores a convolution's kernel: [height, width, in, out], or [out, in, height, width]. */
export type KernelLayout = 'tensorflow' | 'pytorch'

/** What one weight file holds, names and layouts as stored. */
export interface ParsedWeights {
  arrays: NamedArrays
  /** Axes, shapes and the like, where the file holds a graph that needs them. */
  wholeNumbers?: ReadonlyMap<string, GraphConstant>
  layout: KernelLayout
  /** The architecture, where the file states one: Keras' configuration, or the topology of a tfjs model. */
  config?: unknown
  warnings: string[]
}

/** Say which entries were left out because they hold no floating-point numbers. */
export function skippedWarnings(skipped: readonly { name: string; type: string }[]): string[] {
  if (skipped.length === 0) return []
  const listed = skipped.slice(0, 10).map(({ name, type }) => `"${name}" (${type})`)
  const more = skipped.length > 10 ? ` and ${skipped.length - 10} more` : ''
  return [`Left out, for they hold no floating-point numbers: ${listed.join(', ')}${more}.`]
}
