import { createRandom } from '../../src-main/engine/support/random.ts'

/** Writes a small ONNX file field by field, as the format's schema (onnx.proto) numbers them. */

type Bytes = number[]

const utf8 = (text: string): Bytes => [...new TextEncoder().encode(text)]

function varint(value: number): Bytes {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}
const whole = (field: number, value: number): Bytes => [...varint(8 * field), ...varint(value)]
const inner = (field: number, content: Bytes): Bytes => [...varint(8 * field + 2), ...varint(content.length), ...content]
const text = (field: number, value: string): Bytes => inner(field, utf8(value))
const each = <T>(items: readonly T[], write: (item: T) => Bytes): Bytes => items.flatMap(write)

const [FLOAT, INTS] = [1, 7]

interface Node {
  op: string
  name: string
  inputs: string[]
  attributes?: Record<string, number[]>
}

/** Its output is called like the node. */
function node({ op, name, inputs, attributes = {} }: Node): Bytes {
  const written = each(Object.entries(attributes), ([key, values]) => inner(5, [...text(1, key), ...each(values, (value) => whole(8, value)), ...whole(20, INTS)]))
  return inner(1, [...each(inputs, (input) => text(1, input)), ...text(2, name), ...text(3, name), ...text(4, op), ...written])
}

function floats(name: string, dims: number[], values: Float32Array): Bytes {
  return inner(5, [...each(dims, (n) => whole(1, n)), ...whole(2, FLOAT), ...text(8, name), ...inner(9, [...new Uint8Array(values.buffer)])])
}

/** A name in place of a length leaves it open. */
function value(field: number, name: string, dims: Array<number | string>): Bytes {
  const shape = each(dims, (n) => inner(1, typeof n === 'number' ? whole(1, n) : text(2, n)))
  return inner(field, [...text(1, name), ...inner(2, inner(1, [...whole(1, FLOAT), ...inner(2, shape)]))])
}

/**
 * A whole network: two convolutions with their ReLUs, a mean over the picture, five outputs before a softmax. Its weights
 * are He normal, drawn from a seed.
 */
export function smallOnnx(sizePx = 32, seed = 5): Uint8Array {
  const random = createRandom(seed)
  const drawn = (name: string, dims: number[]): Bytes => {
    const fanIn = dims.slice(1).reduce((a, b) => a * b, 1)
    const count = dims.reduce((a, b) => a * b, 1)
    return floats(name, dims, Float32Array.from({ length: count }, () => Math.sqrt(2 / fanIn) * random.normal()))
  }
  const kernel = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }
  const graph = [
    ...node({ op: 'Conv', name: 'conv1', inputs: ['picture', 'conv1.weight', 'conv1.bias'], attributes: { ...kernel, strides: [1, 1] } }),
    ...node({ op: 'Relu', name: 'relu1', inputs: ['conv1'] }),
    ...node({ op: 'Conv', name: 'conv2', inputs: ['relu1', 'conv2.weight', 'conv2.bias'], attributes: { ...kernel, strides: [2, 2] } }),
    ...node({ op: 'Relu', name: 'relu2', inputs: ['conv2'] }),
    ...node({ op: 'GlobalAveragePool', name: 'pooled', inputs: ['relu2'] }),
    ...node({ op: 'Flatten', name: 'flat', inputs: ['pooled'] }),
    ...node({ op: 'Gemm', name: 'logits', inputs: ['flat', 'fc.weight', 'fc.bias'] }),
    ...node({ op: 'Softmax', name: 'probabilities', inputs: ['logits'] }),
    ...text(2, 'small'),
    ...drawn('conv1.weight', [8, 3, 3, 3]),
    ...floats('conv1.bias', [8], new Float32Array(8)),
    ...drawn('conv2.weight', [12, 8, 3, 3]),
    ...floats('conv2.bias', [12], new Float32Array(12)),
    ...drawn('fc.weight', [12, 5]),
    ...floats('fc.bias', [5], Float32Array.of(0, 0.1, 0.2, 0.3, 0.4)),
    ...value(11, 'picture', ['N', 3, sizePx, sizePx]),
    ...value(12, 'probabilities', ['N', 5]),
  ]
  return Uint8Array.from([...whole(1, 8), ...text(2, 'metamer-lab tests'), ...inner(7, graph), ...inner(8, whole(2, 17))])
}
