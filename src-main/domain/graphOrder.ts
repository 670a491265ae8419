import { ModelFileError } from './errors.ts'
import { isBranch, type GraphBranch, type GraphNode } from './graph.ts'

/**
 * Put nodes in an order in which every tensor is there before it is read.
 *
 * @param known  tensors that are there from the start
 * @throws ModelFileError when a tensor comes from nowhere or from two nodes, or nodes wait for each other
 */
export function orderNodes(nodes: readonly GraphNode[], known: Iterable<string>): GraphNode[] {
  const makers = makersOf(nodes, new Set(known))
  const waiting = new Map(nodes.map((node) => [node, new Set(readBy(node).flatMap((name) => makers.get(name) ?? []))]))
  const readers = readersOf(waiting)
  const ready = nodes.filter((node) => waiting.get(node)!.size === 0)
  const ordered: GraphNode[] = []
  for (let next = 0; next < ready.length; next++) {
    const node = ready[next]!
    ordered.push(node)
    for (const reader of readers.get(node) ?? []) {
      const left = waiting.get(reader)!
      left.delete(node)
      if (left.size === 0) ready.push(reader)
    }
  }
  if (ordered.length === nodes.length) return ordered
  throw circle(nodes.filter((node) => waiting.get(node)!.size > 0))
}

/** Tensors a node reads, those of its branches included. */
export function readBy(node: GraphNode): string[] {
  return [...node.inputs, ...(node.captures ?? [])].filter((name) => name !== '')
}

/** Tensors of the surroundings that a branch reads. */
export function capturedBy(branch: GraphBranch): string[] {
  const own = new Set([...branch.constants.keys(), ...branch.nodes.flatMap((node) => node.outputs)])
  return [...branch.nodes.flatMap(readBy), ...branch.outputs].filter((name) => !own.has(name))
}

export function branchesOf(node: GraphNode): GraphBranch[] {
  return Object.values(node.attributes).filter(isBranch)
}

/** The nodes that the wanted tensors need, in their order. */
export function needed(ordered: readonly GraphNode[], wanted: Iterable<string>): GraphNode[] {
  const names = new Set(wanted)
  const kept: GraphNode[] = []
  for (const node of ordered.toReversed()) {
    if (!node.outputs.some((name) => names.has(name))) continue
    kept.push(node)
    for (const name of readBy(node)) names.add(name)
  }
  return kept.reverse()
}

function makersOf(nodes: readonly GraphNode[], known: Set<string>): Map<string, GraphNode> {
  const makers = new Map<string, GraphNode>()
  for (const node of nodes) {
    for (const name of node.outputs.filter((output) => output !== '')) {
      if (makers.has(name) || known.has(name)) {
        throw new ModelFileError(`The network gives tensor "${name}" twice, the second time by ${wordsFor(node)}. Each name may stand for one tensor only: export the network again.`)
      }
      makers.set(name, node)
    }
  }
  for (const node of nodes) {
    const missing = readBy(node).find((name) => !makers.has(name) && !known.has(name))
    if (missing !== undefined) throw new ModelFileError(`The network's ${wordsFor(node)} reads tensor "${missing}", which nothing gives. The file is damaged or incomplete: export the network again.`)
  }
  return makers
}

function readersOf(waiting: ReadonlyMap<GraphNode, ReadonlySet<GraphNode>>): Map<GraphNode, GraphNode[]> {
  const readers = new Map<GraphNode, GraphNode[]>()
  for (const [node, makers] of waiting) {
    for (const maker of makers) {
      const known = readers.get(maker)
      if (known) known.push(node)
      else readers.set(maker, [node])
    }
  }
  return readers
}

function circle(left: GraphNode[]): ModelFileError {
  const names = left.slice(0, 5).map(wordsFor).join(', ')
  return new ModelFileError(`The network's nodes wait for each other in a circle: ${names}${left.length > 5 ? ' and others' : ''}. A network must run from its input to its output: export it again.`)
}

export function wordsFor(node: GraphNode): string {
  return `node "${node.name}" (${node.op})`
}
