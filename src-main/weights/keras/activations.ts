import type { GraphAttribute } from '../../domain/graph.ts'
import { refuse, type Traced } from './graphBuilder.ts'
import type { LayerCall } from './layerCall.ts'

/** Activations that are one ONNX operator. */
const operators: Readonly<Record<string, [op: string, attributes?: Record<string, GraphAttribute>]>> = {
  relu: ['Relu'],
  sigmoid: ['Sigmoid'],
  tanh: ['Tanh'],
  elu: ['Elu'],
  selu: ['Selu'],
  gelu: ['Gelu'],
  softplus: ['Softplus'],
  softsign: ['Softsign'],
  exponential: ['Exp'],
  leaky_relu: ['LeakyRelu', { alpha: 0.2 }],
}

/**
 * Add an activation by Keras' name for it, under the name of the layer's output.
 *
 * @param activation  a name, {clip: c} for a ReLU capped at c, or what Keras writes of a class
 */
export function activate(call: LayerCall, x: Traced, activation: unknown, output: string): Traced {
  const { build } = call
  const asked = nameOf(activation)
  if (asked === null || asked === 'linear') return x.name === output ? x : { name: build.add('Identity', [x.name], output), rank: x.rank }
  const cap = asked === 'relu6' ? 6 : (activation as { clip?: number }).clip
  if (cap !== undefined) return { name: clipped(call, x, cap, output), rank: x.rank }
  if (asked === 'softmax') return { name: build.add('Softmax', [x.name], output, { axis: x.rank === 4 ? 1 : -1 }), rank: x.rank }
  if (asked === 'swish' || asked === 'silu') return { name: build.add('Mul', [x.name, build.add('Sigmoid', [x.name], `${output}/sigmoid`)], output), rank: x.rank }
  const operator = operators[asked]
  if (!operator) throw refuse(call.fileName, call.layer, `has the activation ${JSON.stringify(asked)}`)
  return { name: build.add(operator[0], [x.name], output, operator[1]), rank: x.rank }
}

function clipped({ build }: LayerCall, x: Traced, cap: number, output: string): string {
  const zero = build.floats(`${output}/zero`, { shape: [], data: Float32Array.of(0) })
  return build.add('Clip', [x.name, zero, build.floats(`${output}/cap`, { shape: [], data: Float32Array.of(cap) })], output)
}

/** Keras 3 writes some activations as classes: {class_name, config}. */
function nameOf(activation: unknown): string | null {
  if (activation === undefined || activation === null) return null
  if (typeof activation === 'string') return activation
  const { class_name: className, config, clip } = activation as { class_name?: unknown; config?: unknown; clip?: unknown }
  if (clip !== undefined) return 'clip'
  return typeof config === 'string' ? config : typeof className === 'string' ? className.toLowerCase() : JSON.stringify(activation)
}
