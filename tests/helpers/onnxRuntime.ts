import * as tf from '@tensorflow/tfjs-core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { createGraphRunner } from '../../src-main/engine/models/graph/runGraph.ts'
import { simplify } from '../../src-main/engine/models/graph/simplify.ts'
import { channelsLast, inOrder, logical, type Value } from '../../src-main/engine/models/graph/value.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { readOnnx } from '../../src-main/weights/onnx/readOnnx.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { onnxFile, type OnnxAttribute, type OnnxTensor } from './onnxFile.ts'

export interface OneNode {
  op: string
  shape: number[]
  attributes?: Record<string, OnnxAttribute>
  /** Inputs after the first; '' where one is left out. */
  others?: Array<OnnxTensor | ''>
  outputs?: number
  opset?: number
  /** Lowest and highest value of the input. */
  range?: [number, number]
}

/** Values evenly spaced, in random order: no two are alike, and none lies at a corner of a rectifier. */
export function noise(length: number, seed = 1, [low, high]: [number, number] = [-1, 1]): Float32Array {
  const random = createRandom(seed, 'onnx test')
  const order = Array.from({ length }, (_, i) => [random.uniform(), i] as const).sort(([a], [b]) => a - b)
  return Float32Array.from(order, ([, i]) => low + ((high - low) * (i + 0.5)) / length)
}

export function weights(shape: number[], seed = 2, range?: [number, number]): OnnxTensor {
  return { shape, values: Array.from(noise(shape.reduce((a, b) => a * b, 1), seed, range)) }
}

export const whole = (...values: number[]): OnnxTensor => ({ shape: [values.length], values, type: 'int64' })

/** One node as a file: what onnxruntime makes of it, what we make of it from either order in memory, and our gradient of a weighted sum. */
export async function bothRun(node: OneNode) {
  const file = fileOf(node)
  const values = noise(node.shape.reduce((a, b) => a * b, 1), 1, node.range)
  const expected = await runtimeOutputs(file, values, node.shape)
  const orders = node.shape.length > 2 ? (['logical', 'channels last'] as const) : (['logical'] as const)
  return { expected, found: orders.map((order) => ourOutputs(file, values, node.shape, order)) }
}

function fileOf({ op, shape, attributes = {}, others = [], outputs = 1, opset = 17 }: OneNode): Uint8Array {
  const names = others.map((other, i) => (other === '' ? '' : `w${i}`))
  return onnxFile({
    nodes: [{ op, inputs: ['x', ...names], outputs: Array.from({ length: outputs }, (_, i) => `y${i}`), attributes }],
    weights: Object.fromEntries(others.flatMap((other, i) => (other === '' ? [] : [[`w${i}`, other]]))),
    inputs: { x: { shape } },
    outputs: Array.from({ length: outputs }, (_, i) => `y${i}`),
  }, opset)
}

export async function runtimeOutputs(file: Uint8Array, values: Float32Array, shape: number[]): Promise<Array<{ shape: number[]; data: number[] }>> {
  const session = await InferenceSession.create(file, { logSeverityLevel: 4, intraOpNumThreads: 1 })
  const results = await session.run({ [session.inputNames[0]!]: new Tensor('float32', values, shape) })
  return session.outputNames.map((name) => ({ shape: [...results[name]!.dims], data: Array.from(results[name]!.data as Float32Array, Number) }))
}

function ourOutputs(file: Uint8Array, values: Float32Array, shape: number[], order: Value['layout']) {
  const graph = simplify(readOnnx(file), new Set())
  const runner = createGraphRunner(graph, graph.outputs)
  const x = tf.tidy(() => (order === 'logical' ? tf.tensor(values, shape) : tf.transpose(tf.tensor(values, shape), [0, ...shape.slice(2).map((_, i) => i + 2), 1])))
  const run = (z: tf.Tensor) => runner.run(new Map([[graph.inputs[0]!.name, order === 'logical' ? logical(z) : channelsLast(z)]]), graph.outputs)
  const outputs = tidyNumbers(() => [...run(x).values()].map((value) => ({ shape: value.shape, data: Array.from(inOrder(value).dataSync()) })))
  const slope = () => directionalDerivative((z) => run(z).get(graph.outputs[0]!)!, x)
  return { outputs, slope, dispose: () => tf.dispose(x), runner }
}

/** Of sum(y sin(k)) along a fixed direction: by our gradient, and by two values a little apart. */
function directionalDerivative(f: (x: tf.Tensor) => Value, x: tf.Tensor): { gradient: number; difference: number } {
  const sum = (z: tf.Tensor) => {
    const y = tf.reshape(inOrder(f(z)), [-1])
    return tf.sum(tf.mul(y, tf.sin(tf.range(0, y.size)))) as tf.Scalar
  }
  return tidyNumbers(() => {
    const direction = tf.tensor(noise(x.size, 7), x.shape)
    const step = 5e-4
    const [after, before] = [step, -step].map((s) => sum(tf.add(x, tf.mul(direction, s))).dataSync()[0]!) as [number, number]
    const gradient = tf.sum(tf.mul(tf.grad(sum)(x), direction)).dataSync()[0]!
    return { gradient, difference: (after - before) / (2 * step) }
  })
}
