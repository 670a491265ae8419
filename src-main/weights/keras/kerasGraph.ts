import { ModelFileError } from '../../domain/errors.ts'
import type { GraphInput, NetworkGraph } from '../../domain/graph.ts'
import { orderNodes } from '../../domain/graphOrder.ts'
import type { NamedArray } from '../../domain/weights.ts'
import { createGraphBuilder, refuse, type GraphBuilder, type Traced } from './graphBuilder.ts'
import { readKerasConfig, type KerasLayer, type KerasModel, type KerasOutput } from './kerasConfig.ts'
import { kerasLayers } from './kerasLayers.ts'

/** Gives a layer's weight by what Keras calls it, e.g. "kernel"; null where there is none. */
export type FindWeight = (layer: KerasLayer, kind: string) => NamedArray | null

/** ONNX operators are meant as this version of them has it. */
const opset = 20

interface Tracing {
  build: GraphBuilder
  fileName: string
  find: FindWeight
  inputs: GraphInput[]
}

/**
 * Turn a Keras model into a graph of ONNX operators. Each layer's output has the layer's name; pictures are channels first
 * inside, as ONNX has them. Layers for training only (dropout, noise) pass what they get.
 *
 * @param config  as readKerasConfig takes it
 * @throws ModelFileError naming the layer that cannot be read, or a weight that is missing
 */
export function kerasGraph(config: unknown, find: FindWeight, fileName = 'The Keras file'): NetworkGraph {
  const model = readKerasConfig(config, fileName)
  const tracing: Tracing = { build: createGraphBuilder(), fileName, find, inputs: [] }
  const outputs = traceModel(model, tracing, '', null)
  const { nodes, constants } = tracing.build
  const ordered = orderNodes(nodes, [...constants.keys(), ...tracing.inputs.map(({ name }) => name)])
  return { dialect: 'onnx', opset, nodes: ordered, constants, inputs: tracing.inputs, outputs: outputs.map(({ name }) => name), warnings: [] }
}

/** @param given  what a model that serves as a layer takes; null for the model itself, which gets inputs of its own */
function traceModel(model: KerasModel, tracing: Tracing, prefix: string, given: Traced[] | null): Traced[] {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]))
  const traced = new Map<string, Traced>()
  model.inputs.forEach(({ layer, call }, i) => traced.set(keyOf({ layer, call }), given?.[i] ?? input(layers.get(layer), prefix, tracing)))
  const underway = new Set<string>()

  function trace(output: KerasOutput): Traced {
    const key = keyOf(output)
    const known = traced.get(key)
    if (known) return known
    if (underway.has(key)) throw new ModelFileError(`${tracing.fileName}: layer "${output.layer}" takes what comes from itself. A network must run from its input to its output: save the model again.`)
    underway.add(key)
    const layer = layers.get(output.layer)
    const call = layer?.calls[output.call]
    if (!layer || !call) throw new ModelFileError(`${tracing.fileName} speaks of call ${output.call} of a layer "${output.layer}", which it does not describe. It is damaged: save the model again.`)
    const found = traceCall(layer, call.inputs.map(trace), output.call, tracing, prefix)
    traced.set(key, found)
    return found
  }
  return model.outputs.map(trace)
}

function traceCall(layer: KerasLayer, inputs: Traced[], call: number, tracing: Tracing, prefix: string): Traced {
  const { build, fileName, find } = tracing
  const name = prefix + layer.name
  const output = call === 0 ? name : `${name}, call ${call + 1}`
  if (layer.inner) return only(traceModel(layer.inner, tracing, `${output}/`, inputs), fileName, layer.name)
  const convert = Object.hasOwn(kerasLayers, layer.className) ? kerasLayers[layer.className]! : null
  if (!convert) throw refuse(fileName, layer.name, `is of the class ${layer.className}`)
  if (inputs.length === 0) throw refuse(fileName, layer.name, 'takes nothing')
  return convert({
    build, fileName, layer: name, output, config: layer.config, inputs,
    weight(kind) {
      const weight = find(layer, kind)
      if (weight) return weight
      throw new ModelFileError(`${fileName} lacks the weight "${kind}" of layer "${layer.name}". Save the model with its weights.`)
    },
  })
}

function input(layer: KerasLayer | undefined, prefix: string, { fileName, inputs }: Tracing): Traced {
  const shape = layer?.config['batch_input_shape'] ?? layer?.config['batch_shape']
  if (!layer || !Array.isArray(shape)) throw new ModelFileError(`${fileName} does not state the shape of its input. Build the model with an input shape and save it again.`)
  const free = shape.map((n: unknown) => (typeof n === 'number' ? n : null))
  const name = prefix + layer.name
  inputs.push({ name, shape: free.length === 4 ? [free[0]!, free[3]!, free[1]!, free[2]!] : free, type: 'float32' })
  return { name, rank: free.length }
}

function only(outputs: Traced[], fileName: string, layer: string): Traced {
  const [output] = outputs
  if (output && outputs.length === 1) return output
  throw refuse(fileName, layer, `is a model of ${outputs.length} outputs`)
}

function keyOf({ layer, call }: KerasOutput): string {
  return `${call} ${layer}`
}
