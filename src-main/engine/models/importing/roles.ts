import type { NamedShape } from './namedShape.ts'

/** What a weight is for in its layer. */
export type Role = 'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance'

const words: Array<[RegExp, Role]> = [
  [/(moving|running)?_?var(iance)?$/, 'variance'],
  [/(moving|running)?_?mean$/, 'mean'],
  [/gamma$/, 'gamma'],
  [/beta$/, 'beta'],
  [/bias(es)?$/, 'bias'],
  [/(kernel|weights?)$/, 'kernel'],
]

/**
 * What each array is for, by the last word of its name and its number of axes. A layer with running statistics is a batch norm: what
 * PyTorch calls its weight and bias are gamma and beta.
 *
 * @returns null for what has no such word: counters, optimisers' moments
 */
export function rolesOf(arrays: readonly NamedShape[]): Array<Role | null> {
  const norms = new Set(arrays.filter(({ name }) => ['mean', 'variance'].includes(wordOf(name) ?? '')).map(({ name }) => layerOf(name)))
  return arrays.map(({ name, shape }) => {
    const role = wordOf(name)
    if (role === 'kernel') return norms.has(layerOf(name)) && shape.length === 1 ? 'gamma' : shape.length > 1 ? 'kernel' : null
    if (role === null || shape.length !== 1) return null
    return role === 'bias' && norms.has(layerOf(name)) ? 'beta' : role
  })
}

function wordOf(name: string): Role | null {
  const last = name.split(/[./]/).at(-1)!.toLowerCase()
  return words.find(([word]) => word.test(last))?.[1] ?? null
}

function layerOf(name: string): string {
  return name.replace(/[./][^./]*$/, '')
}
