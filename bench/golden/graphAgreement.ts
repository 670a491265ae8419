/**
 * Hold every ONNX file of a folder against what torchGraphs.py or runtimeGraphs.py wrote beside it: the output, tensors on the way, and the gradient.
 *
 *   node bench/golden/graphAgreement.ts FOLDER [PART OF A NAME ...]
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { NamedArray, NamedArrays } from '../../src-main/domain/weights.ts'
import { createGraphRunner } from '../../src-main/engine/models/graph/runGraph.ts'
import { simplify } from '../../src-main/engine/models/graph/simplify.ts'
import { channelsLast, inOrder, logical, type Value } from '../../src-main/engine/models/graph/value.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { readOnnx } from '../../src-main/weights/onnx/readOnnx.ts'
import { readSafetensors } from '../../src-main/weights/safetensors.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../../tests/helpers/data.ts'

const [folder, ...parts] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node bench/golden/graphAgreement.ts FOLDER [PART OF A NAME ...]')
  process.exit(2)
}
await loadBackend()
console.log('| file | opset | nodes | output | worst on the way | gradient | forward and gradient, ms |\n|---|---|---|---|---|---|---|')
for (const file of readdirSync(folder).filter((name) => name.endsWith('.onnx') && (!parts.length || parts.some((part) => name.includes(part))))) {
  try {
    console.log(compare(path.join(folder, file)))
  } catch (error) {
    console.log(`| ${file} | ${error instanceof Error ? error.message : String(error)} |`)
  }
}

function compare(file: string): string {
  const expected = readSafetensors(readFileSync(file.replace(/\.onnx$/, '.safetensors')))
  const whole = readOnnx(readFileSync(file), path.basename(file))
  const names = [...expected.keys()].filter((name) => !['input', 'input gradient'].includes(name) && !name.startsWith('input '))
  const graph = simplify({ ...whole, constants: new Map([...whole.constants, ...otherInputs(expected)]) }, new Set(names))
  const runner = createGraphRunner(graph, names)
  const main = graph.inputs.find((input) => !expected.has(`input ${input.name}`))!.name
  const x = inputOf(expected.get('input')!)
  const output = graph.outputs.find((name) => names.includes(name))!
  const run = (z: tf.Tensor, wanted: string[]) => runner.run(new Map([[main, wrap(z)]]), wanted)
  const errors = tidyNumbers(() => [...run(x, names)].map(([name, value]) => [name, error(value, expected.get(name)!)] as const))
  const gradient = () => tf.grad((z) => weighted(run(z, [output]).get(output)!))(x)
  const found = expected.has('input gradient') ? relativeL2(tidyNumbers(() => inOrder(wrap(gradient())).dataSync()), expected.get('input gradient')!.data) : null
  const ms = timeOf(() => tf.tidy(() => void gradient().dataSync()))
  const way = errors.filter(([name]) => name !== output).map(([, e]) => e)
  runner.dispose()
  x.dispose()
  return `| ${path.basename(file)} | ${graph.opset} | ${whole.nodes.length} | ${number(errors.find(([name]) => name === output)![1])} | ${number(Math.max(0, ...way))} (${way.length}) | ${found === null ? '-' : number(found)} | ${ms.toFixed(0)} |`
}

function otherInputs(expected: NamedArrays) {
  return [...expected].filter(([name]) => name.startsWith('input ') && name !== 'input gradient')
    .map(([name, { shape, data }]) => [name.slice('input '.length), { shape, type: 'float32' as const, data }] as const)
}

/** Pictures with the channels last, as the program has them. */
function inputOf({ shape, data }: NamedArray): tf.Tensor {
  return tf.tidy(() => (shape.length === 4 ? tf.transpose(tf.tensor(data, shape), [0, 2, 3, 1]) : tf.tensor(data, shape)))
}

function wrap(x: tf.Tensor): Value {
  return x.rank === 4 ? channelsLast(x) : logical(x)
}

function error(value: Value, { data }: NamedArray): number {
  return relativeL2(inOrder(value).dataSync(), data)
}

/** The sum of the values times sin(index). */
function weighted(value: Value): tf.Scalar {
  const y = tf.reshape(inOrder(value), [-1])
  return tf.sum(tf.mul(y, tf.sin(tf.range(0, y.size)))) as tf.Scalar
}

function timeOf(work: () => void): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

function number(value: number): string {
  return value.toExponential(1)
}
