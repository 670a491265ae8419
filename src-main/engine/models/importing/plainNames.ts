import type { NamedShape } from './namedShape.ts'

/** A file's name for an array without what only its container or a wrapper adds. */
export function plainName(name: string): string {
  return name
    .replace(/:0$/, '')
    .replace(/\/\.ATTRIBUTES\/VARIABLE_VALUE$/, '')
    .replace(/^((module|model|state_dict|_orig_mod)\.)+/, '')
    .replace(/^(model_weights|_layer_checkpoint_dependencies|layers)\//, '')
    .replace(/^([^/]+)\/\1\//, '$1/')
}

/** Arrays by plain name, in the order of the file. Where two would have the same, both keep their own. */
export function byPlainName<T extends NamedShape>(arrays: readonly T[]): Map<string, T> {
  const names = kerasParts(arrays.map(({ name, shape }) => ({ name: plainName(name), shape })))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(arrays.map((array, i) => [counts.get(names[i]!) === 1 ? names[i]! : array.name, array]))
}

const numbered = /^(.+)\/vars\/(\d+)$/

/**
 * Keras 3 numbers a layer's weights as it makes them: a kernel and its bias; of a batch norm, whose weights are all vectors, gamma where it
 * has a scale, beta and the two statistics.
 */
function kerasParts(arrays: readonly NamedShape[]): string[] {
  const layers = new Map<string, NamedShape[]>()
  for (const array of arrays) {
    const layer = numbered.exec(array.name)?.[1]
    if (layer !== undefined) layers.set(layer, [...(layers.get(layer) ?? []), array])
  }
  return arrays.map(({ name }) => {
    const [, layer, index] = numbered.exec(name) ?? []
    const part = layer === undefined ? undefined : partsOf(layers.get(layer)!)[Number(index)]
    return part === undefined ? name : `${layer}/${part}`
  })
}

function partsOf(weights: readonly NamedShape[]): string[] {
  if (weights.some(({ shape }) => shape.length > 1)) return ['kernel', 'bias']
  return ['gamma', 'beta', 'moving_mean', 'moving_variance'].slice(4 - weights.length)
}
