import type { Source } from './convention.ts'
import { asItIs, torchLayout, type Layout } from './layouts.ts'
import { sameShape, type NamedShape } from './namedShape.ts'
import { rolesOf, type Role } from './roles.ts'

export interface OrderedSource {
  source: Source
  how: 'order' | 'shape'
}

/**
 * Match arrays whose names follow no known rule, one role at a time (kernels, biases, gammas, ...): by their shape where that stands
 * alone on both sides, else by their order in the file. Order counts only where the file has exactly the network's shapes one after the
 * other and the order of the names, taken as numbers, says the same: files sorted as "conv10, conv2" are not guessed at.
 *
 * @param arrays   of the file, in its order
 * @param weights  lists the network's weights for a number of outputs; null gives the usual one
 */
export function byOrder(
  arrays: readonly NamedShape[],
  weights: (outputs: number | null) => readonly NamedShape[],
): { outputs: number | null; sources: Map<string, OrderedSource> } {
  const file = withRoles(arrays)
  const outputs = file.filter(({ role }) => role === 'bias').at(-1)?.array.shape[0] ?? null
  const plans = [null, outputs].flatMap((count) =>
    [asItIs, null].map((fixed) => ({ outputs: count, sources: matchRoles(file, withRoles(weights(count)), (shape) => fixed ?? torchLayout(shape)) })),
  )
  return plans.reduce((a, b) => (b.sources.size > a.sources.size ? b : a))
}

interface WithRole {
  role: Role
  array: NamedShape
}

function withRoles(arrays: readonly NamedShape[]): WithRole[] {
  const roles = rolesOf(arrays)
  return arrays.flatMap((array, i) => (roles[i] ? [{ role: roles[i], array }] : []))
}

function matchRoles(file: WithRole[], ours: WithRole[], layoutOf: (weight: readonly number[]) => Layout): Map<string, OrderedSource> {
  const sources = new Map<string, OrderedSource>()
  for (const role of new Set(ours.map((entry) => entry.role))) {
    const of = (list: WithRole[]): NamedShape[] => list.filter((entry) => entry.role === role).map(({ array }) => array)
    for (const [weight, source] of matchOne(of(file), of(ours), layoutOf)) sources.set(weight, source)
  }
  return sources
}

function matchOne(file: NamedShape[], ours: NamedShape[], layoutOf: (weight: readonly number[]) => Layout): Array<[string, OrderedSource]> {
  const wanted = ours.map(({ shape }) => layoutOf(shape).sourceShape(shape))
  const asSource = (weight: NamedShape, array: NamedShape, how: OrderedSource['how']): [string, OrderedSource] => [
    weight.name,
    { source: { name: array.name, layout: layoutOf(weight.shape) }, how },
  ]
  const inOrder = file.length === ours.length && file.every(({ shape }, i) => sameShape(shape, wanted[i]!))
  if (inOrder && isNaturallySorted(file)) return ours.map((weight, i) => asSource(weight, file[i]!, 'order'))
  return ours.flatMap((weight, i) => {
    const alike = file.filter(({ shape }) => sameShape(shape, wanted[i]!))
    const rivals = wanted.filter((shape) => sameShape(shape, wanted[i]!))
    return alike.length === 1 && rivals.length === 1 ? [asSource(weight, alike[0]!, 'shape')] : []
  })
}

/** Numbers in the names do not say another order: names that differ only in their numbers come by those. */
function isNaturallySorted(file: NamedShape[]): boolean {
  const lastOf = new Map<string, number[]>()
  return file.every(({ name }) => {
    const numbers = (name.match(/\d+/g) ?? []).map(Number)
    const stem = name.replace(/\d+/g, '#')
    const last = lastOf.get(stem)
    lastOf.set(stem, numbers)
    return !last || firstDifference(last, numbers) < 0
  })
}

function firstDifference(a: number[], b: number[]): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : a[at]! - b[at]!
}
