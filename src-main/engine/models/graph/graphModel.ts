import * as tf from '@tensorflow/tfjs-core'
import { ModelFileError } from '../../../domain/errors.ts'
import type { GraphNode, NetworkGraph } from '../../../domain/graph.ts'
import { needed, readBy } from '../../../domain/graphOrder.ts'
import type { NetworkSummary } from '../../../domain/network.ts'
import { createLazyTensors } from '../lazyTensors.ts'
import type { Model } from '../model.ts'
import type { EndGradient } from '../stage.ts'
import { createGraphInput, type GraphInputSettings } from './graphInput.ts'
import { createGraphRunner } from './runGraph.ts'
import { simplify, sourceOf } from './simplify.ts'
import type { Value } from './value.ts'

export interface GraphModelSettings {
  graph: NetworkGraph
  summary: NetworkSummary
  /** The tensor that each stage reads, in the order of the summary. */
  tensors: readonly string[]
  input: GraphInputSettings
}

/**
 * Make a network of a whole graph. A stage gives its tensor with the channels last; a rectifier that makes the last stage's tensor
 * gets the modified gradient. Where the graph is fixed to one example at a time, several are run one after the other.
 *
 * @throws ModelFileError when a stage names a tensor that is not there, or needs what cannot be computed
 */
export function createGraphModel({ graph, summary, tensors, input }: GraphModelSettings): Model {
  checkTensors(graph, tensors)
  const simple = simplify(withFixedInputs(graph, tensors, input), new Set(tensors))
  const runner = createGraphRunner(simple, tensors)
  const own = createLazyTensors()
  const { adapt, batches } = createGraphInput(simple, input, own)
  const enders = endersOf(simple, tensors)

  /** The stages asked for, of examples that go through together. */
  function stagesOf(x: tf.Tensor, wanted: readonly number[], end: EndGradient): tf.Tensor[] {
    const inputs = new Map([[input.name, adapt(x)]])
    const values = runner.run(inputs, wanted.map((i) => tensors[i]!), end === 'generation' ? enders[wanted.at(-1)!] : null)
    return wanted.map((i) => asFloat(values.get(tensors[i]!)!))
  }

  return {
    summary,
    frontEnd: input.frontEnd ?? null,
    run(x, last, end, seen) {
      const wanted = seen ? Array.from({ length: last + 1 }, (_, i) => i) : [last]
      const together = x.shape[0] === 1 || batches
      const results = together ? stagesOf(x, wanted, end) : oneByOne(x, (example) => stagesOf(example, wanted, end))
      if (seen) results.forEach((y, i) => seen(i, y))
      return results.at(-1)!
    },
    dispose() {
      runner.dispose()
      own.dispose()
    },
  }
}

function checkTensors(graph: NetworkGraph, tensors: readonly string[]): void {
  const known = new Set([...graph.inputs.map((i) => i.name), ...graph.nodes.flatMap((node) => node.outputs)])
  const missing = tensors.find((name) => !known.has(name))
  if (missing === undefined) return
  throw new ModelFileError(`The network has no tensor "${missing}". Choose the stages of the card anew from what the file holds: it may be another export.`)
}

/** The graph with its other inputs as constants, as far as the stages need them. */
export function withFixedInputs(graph: NetworkGraph, tensors: readonly string[], { name, others }: GraphInputSettings): NetworkGraph {
  const read = new Set(needed(graph.nodes, tensors).flatMap(readBy))
  const rest = graph.inputs.filter((i) => i.name !== name && read.has(i.name))
  const missing = rest.find((i) => !others?.has(i.name))
  if (missing) {
    const shape = missing.shape ? `, shape [${missing.shape.map((n) => n ?? 'any').join(', ')}]` : ''
    throw new ModelFileError(`The network also needs its input "${missing.name}"${shape}. Give it a fixed value, or export the network with one.`)
  }
  if (rest.length === 0) return graph
  const fixed = rest.map((i) => [i.name, others!.get(i.name)!] as const)
  const inputs = graph.inputs.filter((i) => !rest.includes(i)).map((i) => ({ ...i, shape: i.shape && [1, ...i.shape.slice(1)] }))
  return { ...graph, inputs, constants: new Map([...graph.constants, ...fixed]) }
}

/** The node that makes each stage's tensor. */
function endersOf(graph: NetworkGraph, tensors: readonly string[]): Array<GraphNode | null> {
  const source = sourceOf(graph)
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)))
  return tensors.map((name) => makers.get(source(name)) ?? null)
}

function asFloat({ tensor }: Value): tf.Tensor {
  return tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32')
}

function oneByOne(x: tf.Tensor, run: (example: tf.Tensor) => tf.Tensor[]): tf.Tensor[] {
  const examples = tf.split(x, x.shape[0]!, 0).map(run)
  return examples[0]!.map((_, i) => tf.concat(examples.map((stages) => stages[i]!), 0))
}
