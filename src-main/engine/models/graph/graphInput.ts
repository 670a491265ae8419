import * as tf from '@tensorflow/tfjs-core'
import type { Card } from '../../../domain/card.ts'
import { ModelFileError } from '../../../domain/errors.ts'
import type { GraphConstant, GraphInput, NetworkGraph } from '../../../domain/graph.ts'
import type { FrontEnd } from '../../frontends/frontEnd.ts'
import { hear } from '../../frontends/hear.ts'
import { pictureScaling } from '../architectures/pictureScaling.ts'
import type { LazyTensors } from '../lazyTensors.ts'
import { channelsLast, logical, type Value } from './value.ts'

/** How the variable that synthesis optimises becomes the graph's input. */
export interface GraphInputSettings {
  /** The graph's input. */
  name: string
  /** Order of its axes; of sounds that go in as they are, 'samples'. */
  layout: 'channels first' | 'channels last' | 'samples'
  normalisation: Card['normalisation']
  frontEnd?: FrontEnd | null
  /** Values of the graph's other inputs. */
  others?: ReadonlyMap<string, GraphConstant>
}

export interface GraphInputAdapter {
  /** Whether several examples can go through together. */
  batches: boolean
  /** @param x  the variable, [batch, height, width, 3] in [0, 1] or [batch, samples] */
  adapt(x: tf.Tensor): Value
}

/** @throws ModelFileError when the graph has no such input, or it takes several examples at once */
export function createGraphInput(graph: NetworkGraph, settings: GraphInputSettings, tensors: LazyTensors): GraphInputAdapter {
  const { shape } = graphInput(graph, settings.name)
  const batch = shape?.[0]
  if (typeof batch === 'number' && batch > 1 && shape!.length > 1) {
    throw new ModelFileError(`Input "${settings.name}" of the network takes ${batch} examples at once, and a metamer is made of one. Export the network for one example, or for any number.`)
  }
  const scaled = settings.normalisation ? pictureScaling({ card: { normalisation: settings.normalisation }, tensors }) : (x: tf.Tensor) => x
  const heard = (x: tf.Tensor) => (settings.frontEnd ? hear(settings.frontEnd, x) : x)
  return {
    batches: batch === null || shape === null,
    adapt(x) {
      const y = scaled(heard(x))
      return settings.layout === 'channels first' ? channelsLast(y) : logical(settings.layout === 'samples' ? samplesOfRank(y, shape?.length ?? 2) : y)
    },
  }
}

export function graphInput(graph: NetworkGraph, name: string): GraphInput {
  const found = graph.inputs.find((input) => input.name === name)
  if (found) return found
  throw new ModelFileError(`The network has no input "${name}". Its inputs are: ${graph.inputs.map((i) => i.name).join(', ')}. Choose one of these.`)
}

/** [batch, samples], with a channel between, or of one sound the samples alone. */
function samplesOfRank(x: tf.Tensor, rank: number): tf.Tensor {
  const [batch, samples] = x.shape as [number, number]
  return tf.reshape(x, rank === 1 ? [batch * samples] : [batch, ...Array.from({ length: rank - 2 }, () => 1), samples])
}
