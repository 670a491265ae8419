import { graphlib, layout } from '@dagrejs/dagre'
import type { GraphNode } from './graphNodes.ts'

export interface Point {
  x: number
  y: number
}

export interface GraphEdge {
  from: string
  to: string
  /** Between its two ends, where the layout leads it round other nodes; null for one that was left out of the layout and is drawn as a bow. */
  bends: Point[] | null
}

export interface GraphLayout {
  /** Middle of each box. */
  places: Map<string, Point>
  edges: GraphEdge[]
}

/**
 * How many rows the edges may jump, together, for each node. A DenseNet's jump two orders of magnitude more, and the layout would take
 * half a minute to lead each round all others.
 */
const jumpsPerNode = 0.75

/** Place a network's nodes from top to bottom, the work left to dagre. */
export function layOutGraph(nodes: readonly GraphNode[]): GraphLayout {
  const all = nodes.flatMap((node) => [...new Set(node.inputs)].map((from) => ({ from, to: node.id })))
  const led = edgesToLead(nodes, all)
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', ranker: 'longest-path', nodesep: 18, edgesep: 10, ranksep: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { from, to } of led) graph.setEdge(from, to)
  layout(graph)
  const places = new Map(nodes.map(({ id }) => [id, pointOf(graph.node(id) as Point)]))
  const isLed = new Set(led)
  return { places, edges: all.map((edge) => ({ ...edge, bends: isLed.has(edge) ? bendsOf(graph, edge) : null })) }
}

/** The edges that the layout is to keep to: to each node the one from the row above it, and of the others the shortest, while they last. */
function edgesToLead<E extends { from: string; to: string }>(nodes: readonly GraphNode[], edges: E[]): E[] {
  const rows = rowsOf(nodes)
  const jump = ({ from, to }: E): number => (rows.get(to) ?? 0) - (rows.get(from) ?? 0) - 1
  let left = jumpsPerNode * nodes.length
  const ended = new Set<string>()
  return [...edges].sort((a, b) => jump(a) - jump(b)).filter((edge) => {
    left -= jump(edge)
    const needed = !ended.has(edge.to)
    ended.add(edge.to)
    return needed || left >= 0
  })
}

/** The length of the longest way to each node from where it begins. Nodes come after those they take from. */
function rowsOf(nodes: readonly GraphNode[]): Map<string, number> {
  const rows = new Map<string, number>()
  for (const { id, inputs } of nodes) rows.set(id, 1 + Math.max(-1, ...inputs.map((from) => rows.get(from) ?? -1)))
  return rows
}

/** Without the first and the last, which lie on the boxes. */
function bendsOf(graph: graphlib.Graph, { from, to }: { from: string; to: string }): Point[] {
  const { points } = graph.edge(from, to) as { points: Point[] }
  return points.slice(1, -1).map(pointOf)
}

function pointOf({ x, y }: Point): Point {
  return { x, y }
}

/** A bend as cytoscape takes it: how far along the line between two nodes, and how far beside it. */
export function besideLine(bend: Point, from: Point, to: Point): { weight: number; distance: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const [px, py] = [bend.x - from.x, bend.y - from.y]
  return { weight: (px * dx + py * dy) / length ** 2, distance: (dx * py - dy * px) / length }
}
