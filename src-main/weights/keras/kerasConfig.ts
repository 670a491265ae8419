import { z } from 'zod'
import { ModelFileError } from '../../domain/errors.ts'

/** One call of a layer: the outputs it takes. */
export interface KerasCall {
  inputs: KerasOutput[]
}

/** Output of a layer's call. */
export interface KerasOutput {
  layer: string
  call: number
}

export interface KerasLayer {
  name: string
  className: string
  config: Record<string, unknown>
  calls: KerasCall[]
  /** Of a model that serves as a layer. */
  inner: KerasModel | null
}

/** A model as Keras 2, Keras 3 and tfjs write it: layers, and which outputs each call takes. */
export interface KerasModel {
  name: string
  layers: KerasLayer[]
  inputs: KerasOutput[]
  outputs: KerasOutput[]
}

/** Of models that serve as layers. */
const deepest = 8
const mostLayers = 3000

const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.unknown()).optional(),
})
type RawLayer = z.infer<typeof layerSchema>

const modelSchema = z.object({
  class_name: z.enum(['Sequential', 'Functional', 'Model']),
  config: z.union([z.array(layerSchema), z.object({ name: z.string().optional(), layers: z.array(layerSchema), input_layers: z.unknown().optional(), output_layers: z.unknown().optional() })]),
})

/**
 * Read the configuration of a Keras model.
 *
 * @param config  of a .h5 file (attribute model_config), a .keras file (config.json) or tfjs (modelTopology.model_config)
 * @throws ModelFileError when it is none, or of a model that a subclass computes in Python
 */
export function readKerasConfig(config: unknown, fileName: string, depth = 0): KerasModel {
  if (depth > deepest) throw new ModelFileError(`${fileName} nests models more than ${deepest} deep. It is damaged, or do not trust it.`)
  const parsed = modelSchema.safeParse(config)
  if (!parsed.success) {
    const className = (config as { class_name?: unknown } | null)?.class_name
    throw new ModelFileError(
      `${fileName} describes a model of class ${JSON.stringify(className ?? null)}; Sequential and Functional models can be read. Save it as one of these, or export it to ONNX.`,
    )
  }
  const { class_name: kind, config: content } = parsed.data
  const raw = Array.isArray(content) ? content : content.layers
  if (raw.length > mostLayers) throw new ModelFileError(`${fileName} describes ${raw.length} layers; ${mostLayers} can be read. Export the model to ONNX.`)
  const name = (Array.isArray(content) ? undefined : content.name) ?? 'model'
  const read = (layer: RawLayer): KerasLayer => readLayer(layer, fileName, depth)
  if (kind === 'Sequential') return sequential(name, raw.map(read))
  const { input_layers: inputs, output_layers: outputs } = content as { input_layers?: unknown; output_layers?: unknown }
  return countedFromZero({ name, layers: raw.map(read), inputs: ends(inputs, fileName), outputs: ends(outputs, fileName) })
}

/** Keras 2 and tfjs count the making of a model as its first call, which is none of those listed where it serves as a layer. */
function countedFromZero({ layers, outputs, ...model }: KerasModel): KerasModel {
  const read = [...outputs, ...layers.flatMap((layer) => layer.calls.flatMap((call) => call.inputs))]
  const shifted = new Set(layers.filter(({ name, inner, calls }) => inner && read.some((output) => output.layer === name && output.call === calls.length)).map(({ name }) => name))
  const listed = ({ layer, call }: KerasOutput): KerasOutput => ({ layer, call: shifted.has(layer) && call > 0 ? call - 1 : call })
  return { ...model, layers: layers.map((layer) => ({ ...layer, calls: layer.calls.map(({ inputs }) => ({ inputs: inputs.map(listed) })) })), outputs: outputs.map(listed) }
}

function readLayer({ class_name: className, name, config, inbound_nodes: nodes }: RawLayer, fileName: string, depth: number): KerasLayer {
  const own = name ?? (typeof config['name'] === 'string' ? config['name'] : className)
  const isModel = ['Sequential', 'Functional', 'Model'].includes(className)
  const inner = isModel ? readKerasConfig({ class_name: className, config }, fileName, depth + 1) : null
  return { name: own, className, config, inner, calls: (nodes ?? []).map((node) => ({ inputs: inputsOf(node, own, fileName) })) }
}

/** Each layer takes what the one before it gives; the first is an input, made where there is none. */
function sequential(name: string, layers: KerasLayer[]): KerasModel {
  const first = layers[0]
  const all = first && first.className !== 'InputLayer' ? [inputFor(first), ...layers] : layers
  const chained = all.map((layer, i) => ({ ...layer, calls: i === 0 ? [{ inputs: [] }] : [{ inputs: [{ layer: all[i - 1]!.name, call: 0 }] }] }))
  const at = (layer: KerasLayer | undefined): KerasOutput[] => (layer ? [{ layer: layer.name, call: 0 }] : [])
  return { name, layers: chained, inputs: at(chained[0]), outputs: at(chained.at(-1)) }
}

function inputFor({ config, inner }: KerasLayer): KerasLayer {
  const innerInput = inner?.layers.find((layer) => layer.className === 'InputLayer')
  const shape = config['batch_input_shape'] ?? config['batch_shape'] ?? innerInput?.config['batch_input_shape'] ?? innerInput?.config['batch_shape'] ?? null
  return { name: 'input of the sequence', className: 'InputLayer', config: { batch_shape: shape }, calls: [{ inputs: [] }], inner: null }
}

/** Keras 2: [["layer", call, output, {}], ...]. Keras 3: {args: [...tensors], kwargs: {...tensors}}. */
function inputsOf(node: unknown, layer: string, fileName: string): KerasOutput[] {
  const found: KerasOutput[] = []
  collect(node, found, 0)
  if (found.length === 0 && JSON.stringify(node) !== '[]' && hasTensors(node)) throw new ModelFileError(`${fileName} does not say what layer "${layer}" takes. It is damaged: save the model again.`)
  return found
}

function hasTensors(node: unknown): boolean {
  return JSON.stringify(node).includes('keras_history')
}

function collect(value: unknown, found: KerasOutput[], depth: number): void {
  if (depth > deepest || typeof value !== 'object' || value === null) return
  const history = (value as { config?: { keras_history?: unknown } }).config?.keras_history
  const output = outputOf(history ?? value)
  if (output) found.push(output)
  else for (const inner of Object.values(value)) collect(inner, found, depth + 1)
}

function outputOf(value: unknown): KerasOutput | null {
  if (!Array.isArray(value)) return null
  const [layer, call, output] = value as unknown[]
  return typeof layer === 'string' && typeof call === 'number' && output === 0 ? { layer, call } : null
}

/** One end, or a list of them. */
function ends(value: unknown, fileName: string): KerasOutput[] {
  const found: KerasOutput[] = []
  collect(value, found, 0)
  if (found.length > 0) return found
  throw new ModelFileError(`${fileName} does not say where its model begins and ends. It is damaged: save the model again.`)
}
