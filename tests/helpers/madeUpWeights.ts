import type { Card } from '../../src-main/domain/card.ts'
import type { NamedArrays } from '../../src-main/domain/weights.ts'
import type { CatalogueEntry } from '../../src-main/engine/models/catalogue.ts'
import { randomArrays } from '../../src-main/engine/models/randomArrays.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'

/**
 * A network of the catalogue as if trained weights had been imported: norms and biases of all kinds, so that nothing cancels. Kernels repeat a
 * run of normal numbers, for drawing all of VGG-19's takes seconds.
 */
export function withMadeUpWeights(entry: CatalogueEntry, changes: Partial<Card> = {}): { entry: CatalogueEntry; arrays: NamedArrays } {
  const random = createRandom(3, 'made-up weights')
  // Values neither vanish on the way through a network without sums, nor run away through ResNet's.
  const gain = entry.card.name === 'resnet-101-v2' ? 0.5 : 1.5
  const normals = Float32Array.from({ length: 65_521 }, () => random.normal())
  const arrays: NamedArrays = new Map([...randomArrays(entry)!].map(([name, { shape }], i) => [name, { shape, data: valuesOf(name, shape, normals, i, gain) }]))
  const hash = '0'.repeat(64)
  const weights: Card['weights'] = { state: 'trained', source: 'made up', licence: 'MIT', file: 'weights.safetensors', hash, sourceFile: { name: 'weights.safetensors', hash } }
  return { entry: { ...entry, card: { ...entry.card, ...changes, weights } }, arrays }
}

function valuesOf(name: string, shape: number[], normals: Float32Array, place: number, gain: number): Float32Array {
  const isKernel = name.endsWith('.kernel')
  const centre = /\.(gamma|variance)$/.test(name) ? 1 : 0
  const deviation = isKernel ? Math.sqrt(gain / shape.slice(0, -1).reduce((a, b) => a * b, 1)) : 0.1
  const run = normals.map((_, i) => centre + deviation * normals[(i + 977 * place) % normals.length]!)
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
  for (let at = 0; at < values.length; at += run.length) values.set(run.subarray(0, Math.min(run.length, values.length - at)), at)
  return values
}
