import * as tf from '@tensorflow/tfjs-core'
import type { GraphNode, GraphNodeOutline, GraphOutlineResult, NetworkGraph } from '../../../domain/graph.ts'
import type { NetworkInput } from '../../../domain/network.ts'
import { createRandom } from '../../support/random.ts'
import { tidyNumbers } from '../../support/tidyNumbers.ts'
import { createLazyTensors } from '../lazyTensors.ts'
import { createGraphInput, type GraphInputSettings } from './graphInput.ts'
import { withFixedInputs } from './graphModel.ts'
import { endOf } from './operators/rectifiers.ts'
import { createGraphRunner } from './runGraph.ts'
import { simplify, sourceOf } from './simplify.ts'
import type { Value } from './value.ts'

/** Layers that a stage likes to end in. */
const activations = ['Relu', 'Clip', 'LeakyRelu', 'PRelu', 'Elu', 'Selu', 'Celu', 'Gelu', 'HardSwish', 'Mish', 'Add']
/** What turns scores into probabilities or labels, or only passes them on. */
const afterScores = ['Softmax', 'LogSoftmax', 'Sigmoid', 'ArgMax', 'Identity', 'Dropout']
/** Suggestions where the network never changes its resolution. */
const fewest = 4

interface Seen {
  shape: number[] | null
  finite: boolean
  float: boolean
}

/**
 * Run a graph once on noise, one example, and tell of every node what a person needs who chooses layers.
 *
 * @param input  the size to try
 * @throws ModelFileError when the graph cannot be computed, or not with inputs of that size
 */
export function describeGraph(graph: NetworkGraph, input: NetworkInput, settings: GraphInputSettings): GraphOutlineResult {
  const simple = simplify(withFixedInputs(graph, graph.outputs, settings), new Set(graph.nodes.flatMap((node) => node.outputs)))
  const source = sourceOf(simple)
  const tensors = simple.nodes.filter((node) => source(node.outputs[0]!) === node.outputs[0]).map((node) => node.outputs[0]!)
  const { seen, gradient } = tryOut(simple, tensors, input, settings)
  const makers = new Map(simple.nodes.map((node) => [node.outputs[0]!, node]))
  const outlines = tensors.map((tensor) => outline(makers.get(tensor)!, simple, seen.get(tensor)!, gradient.get(tensor) ?? false))
  const logits = logitsOf(simple, makers, outlines)
  const suggested = suggestions(outlines, logits)
  return { nodes: outlines.map((node) => ({ ...node, suggested: suggested.has(node.tensor) })), logits }
}

function outline(node: GraphNode, graph: NetworkGraph, { shape, finite, float }: Seen, hasGradient: boolean): GraphNodeOutline {
  const source = sourceOf(graph)
  const constants = node.inputs.flatMap((name) => graph.constants.get(source(name)) ?? [])
  return {
    tensor: node.outputs[0]!,
    op: node.op,
    name: node.name,
    inputs: node.inputs.filter((name) => name !== '' && !graph.constants.has(source(name))),
    outputs: node.outputs.filter((name) => name !== ''),
    shape,
    parameters: constants.filter((c) => c.type === 'float32').reduce((sum, c) => sum + c.data.length, 0),
    endsIn: endOf(node, graph.constants),
    metamerLayer: shape !== null && shape.length > 0 && finite && float && hasGradient,
    suggested: false,
  }
}

/** Shapes, finiteness and whether each tensor has a finite gradient that is not zero everywhere by construction. */
function tryOut(graph: NetworkGraph, tensors: string[], input: NetworkInput, settings: GraphInputSettings) {
  const own = createLazyTensors()
  const adapter = createGraphInput(graph, settings, own)
  const runner = createGraphRunner(graph, tensors)
  const run = (x: tf.Tensor, wanted: string[]) => runner.run(new Map([[settings.name, adapter.adapt(x)]]), wanted)
  const x = noiseFor(input)
  try {
    const seen = tidyNumbers(() => new Map([...run(x, tensors)].map(([name, value]) => [name, look(value)])))
    const able = tensors.filter((name) => isAble(seen.get(name)!) && leadsToInput(graph, name, settings.name))
    return { seen, gradient: gradients(able, (names) => hasFiniteGradient((z) => names.map((name) => run(z, [name]).get(name)!), x)) }
  } finally {
    x.dispose()
    runner.dispose()
    own.dispose()
  }
}

function isAble({ shape, finite, float }: Seen): boolean {
  return shape !== null && finite && float
}

/** One pass backwards for the last of them; halves are only looked at where that finds something wrong. */
function gradients(tensors: string[], finite: (tensors: string[]) => boolean): Map<string, boolean> {
  if (tensors.length === 0) return new Map()
  if (finite([tensors.at(-1)!])) return new Map(tensors.map((name) => [name, true]))
  if (tensors.length === 1) return new Map([[tensors[0]!, false]])
  const half = Math.ceil(tensors.length / 2)
  return new Map([...gradients(tensors.slice(0, half), finite), ...gradients(tensors.slice(half), finite)])
}

function hasFiniteGradient(compute: (x: tf.Tensor) => Value[], x: tf.Tensor): boolean {
  try {
    return tidyNumbers(() => {
      const gradient = tf.grad((z) => tf.addN(compute(z).map((value) => tf.sum(value.tensor))) as tf.Scalar)(x)
      return Number.isFinite(tf.sum(gradient).dataSync()[0]!)
    })
  } catch {
    return false
  }
}

function look(value: Value): Seen {
  const float = value.type === 'float32' && value.constant === null
  const { shape } = value.tensor
  const finite = float && Number.isFinite(tf.sum(tf.mul(value.tensor, 0)).dataSync()[0]!)
  return { shape: shape[0] === 1 ? shape.slice(1) : null, finite, float }
}

/** Whether a path of slopes leads from the input to a tensor. */
function leadsToInput(graph: NetworkGraph, tensor: string, input: string): boolean {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)))
  const visited = new Set<string>()
  const open = [tensor]
  while (open.length) {
    const name = open.pop()!
    if (name === input) return true
    const node = makers.get(name)
    if (visited.has(name) || !node || slopeless.includes(node.op)) continue
    visited.add(name)
    open.push(...node.inputs, ...(node.captures ?? []))
  }
  return false
}

const slopeless = ['Shape', 'Size', 'ArgMax', 'ArgMin', 'Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or', 'Xor', 'Not', 'IsNaN', 'Sign', 'Floor', 'Ceil', 'Round']

function noiseFor(input: NetworkInput): tf.Tensor {
  const random = createRandom(1, 'graph description')
  const shape = input.kind === 'image' ? [1, input.height, input.width, input.channels] : [1, input.samples]
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (input.kind === 'image' ? random.uniform() : 0.1 * random.normal()))
  return tf.tensor(values, shape)
}

function logitsOf(graph: NetworkGraph, makers: ReadonlyMap<string, GraphNode>, outlines: GraphNodeOutline[]): string | null {
  for (const output of graph.outputs) {
    let name = output
    while (afterScores.includes(makers.get(name)?.op ?? '')) name = makers.get(name)!.inputs[0]!
    const found = outlines.find((node) => node.tensor === name)
    if (found?.shape?.length === 1 && found.shape[0]! > 1) return name
  }
  return null
}

/** The last activation at each resolution, those after it that have none, and the scores. */
function suggestions(outlines: GraphNodeOutline[], logits: string | null): Set<string> {
  const rectified = new Set(outlines.filter((node) => node.op !== 'Add' && activations.includes(node.op)).flatMap((node) => node.inputs))
  const candidates = outlines.filter((node) => node.metamerLayer && activations.includes(node.op) && !(node.op === 'Add' && rectified.has(node.tensor)))
  const byPlaces = new Map<string, string>()
  for (const { shape, tensor } of candidates) byPlaces.set(shape!.length > 1 ? `places ${shape!.slice(0, -1).join()}` : `features of ${tensor}`, tensor)
  const chosen = byPlaces.size >= fewest ? [...byPlaces.values()] : spread(candidates.map((node) => node.tensor), 6)
  const last = logits ?? outlines.findLast((node) => node.metamerLayer)?.tensor
  return new Set([...chosen, ...(last ? [last] : [])])
}

function spread<T>(items: T[], count: number): T[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, i) => items[Math.round(((i + 1) * (items.length - 1)) / count)]!)
}
