/** Writes small ONNX files, for tests. */

export interface OnnxNode {
  op: string
  inputs: string[]
  outputs: string[]
  name?: string
  attributes?: Record<string, OnnxAttribute>
}
export type OnnxAttribute = number | string | number[] | { float: number } | { floats: number[] } | { tensor: OnnxTensor } | { graph: OnnxGraph }

export interface OnnxTensor {
  name?: string
  shape: number[]
  values: number[]
  type?: 'float32' | 'int64' | 'bool'
}

export interface OnnxGraph {
  nodes: OnnxNode[]
  weights?: Record<string, OnnxTensor>
  inputs?: Record<string, { shape: Array<number | string>; type?: 'float32' | 'int64' }>
  outputs: string[]
}

const typeCode = { float32: 1, int64: 7, bool: 9 } as const

export function onnxFile(graph: OnnxGraph, opset = 17): Uint8Array {
  return message(integer(1, 8), inside(8, message(text(1, ''), integer(2, opset))), inside(7, graphMessage(graph)))
}

export function graphMessage({ nodes, weights = {}, inputs = {}, outputs }: OnnxGraph): Uint8Array {
  return message(
    ...nodes.map((node, i) => inside(1, nodeMessage(node, i))),
    text(2, 'test'),
    ...Object.entries(weights).map(([name, tensor]) => inside(5, tensorMessage({ ...tensor, name }))),
    ...Object.entries(inputs).map(([name, { shape, type }]) => inside(11, valueMessage(name, type ?? 'float32', shape))),
    ...outputs.map((name) => inside(12, valueMessage(name, null, []))),
  )
}

function nodeMessage({ op, inputs, outputs, name, attributes = {} }: OnnxNode, index: number): Uint8Array {
  return message(
    ...inputs.map((i) => text(1, i)), ...outputs.map((o) => text(2, o)), text(3, name ?? `${op} ${index}`), text(4, op),
    ...Object.entries(attributes).map(([key, value]) => inside(5, attributeMessage(key, value))),
  )
}

function attributeMessage(name: string, value: OnnxAttribute): Uint8Array {
  const [body, kind] =
    typeof value === 'string' ? [text(4, value), 3]
    : typeof value === 'number' ? [integer(3, value), 2]
    : Array.isArray(value) ? [message(...value.map((v) => integer(8, v))), 7]
    : 'float' in value ? [message(tag(2, 5), float32(value.float)), 1]
    : 'floats' in value ? [message(...value.floats.flatMap((v) => [tag(7, 5), float32(v)])), 6]
    : 'tensor' in value ? [inside(5, tensorMessage(value.tensor)), 4]
    : [inside(6, graphMessage(value.graph)), 5]
  return message(text(1, name), body as Uint8Array, integer(20, kind as number))
}

export function tensorMessage({ name = '', shape, values, type = 'float32' }: OnnxTensor): Uint8Array {
  const raw = type === 'float32' ? new Float32Array(values) : type === 'bool' ? Uint8Array.from(values) : BigInt64Array.from(values, BigInt)
  return message(...shape.map((n) => integer(1, n)), integer(2, typeCode[type]), text(8, name), inside(9, new Uint8Array(raw.buffer)))
}

function valueMessage(name: string, type: keyof typeof typeCode | null, shape: Array<number | string>): Uint8Array {
  if (type === null) return message(text(1, name))
  const dims = shape.map((n) => inside(1, typeof n === 'number' ? integer(1, n) : text(2, n)))
  return message(text(1, name), inside(2, inside(1, message(integer(1, typeCode[type]), inside(2, message(...dims))))))
}

export function message(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export function integer(field: number, value: number): Uint8Array {
  return message(tag(field, 0), varint(BigInt.asUintN(64, BigInt(value))))
}

export function text(field: number, value: string): Uint8Array {
  return inside(field, new TextEncoder().encode(value))
}

export function inside(field: number, bytes: Uint8Array): Uint8Array {
  return message(tag(field, 2), varint(BigInt(bytes.length)), bytes)
}

function tag(field: number, wireType: number): Uint8Array {
  return varint(BigInt(field * 8 + wireType))
}

function float32(value: number): Uint8Array {
  return new Uint8Array(Float32Array.of(value).buffer)
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0))
    if (rest <= 0x7fn) return Uint8Array.from(bytes)
  }
}
