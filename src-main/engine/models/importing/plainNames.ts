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
  const counts = new Map<string, number>()
  for (const { name } of arrays) counts.set(plainName(name), (counts.get(plainName(name)) ?? 0) + 1)
  return new Map(arrays.map((array) => [counts.get(plainName(array.name)) === 1 ? plainName(array.name) : array.name, array]))
}
