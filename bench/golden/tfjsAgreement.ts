/**
 * Hold what we compute of models of TensorFlow.js against what TensorFlow.js itself gives, by its own readers, layers and executor and
 * its plain JavaScript kernels: the output, and tensors on the way.
 *
 *   node bench/golden/tfjsAgreement.ts MODEL.json ...
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import '@tensorflow/tfjs-backend-cpu'
import * as converter from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import type { NetworkGraph } from '../../src-main/domain/graph.ts'
import type { NamedArray } from '../../src-main/domain/weights.ts'
import { createGraphRunner } from '../../src-main/engine/models/graph/runGraph.ts'
import { simplify } from '../../src-main/engine/models/graph/simplify.ts'
import { channelsLast, logical } from '../../src-main/engine/models/graph/value.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { readModelFile } from '../../src-main/worker/modelFile.ts'
import { relativeL2 } from '../../tests/helpers/data.ts'
import { withStatedAxes } from '../../tests/helpers/statedAxes.ts'

/** Tensors compared on the way. */
const most = 40

type Values = Map<string, NamedArray>

await loadBackend()
const engine = tf.getBackend()
console.log('| model | kind | nodes | output | worst on the way |\n|---|---|---|---|---|')
for (const file of process.argv.slice(2)) console.log(await compare(file))

async function compare(file: string): Promise<string> {
  const { graph, format } = await readModelFile(file, () => undefined)
  if (!graph) throw new Error(`${file} holds no whole network`)
  const [height, width] = pictureSize(graph)
  const picture = Float32Array.from({ length: height * width * 3 }, (_, i) => 0.5 + 0.5 * Math.sin(i * 0.37 + Math.floor(i / 1000)))
  const shape = [1, height, width, 3]
  const theirs = await (format === 'tfjs-graph' ? byExecutor : byLayers)(file, graph, picture, shape)
  const ours = byUs(graph, picture, shape, theirs)
  const errors = [...theirs].map(([name, { data }]) => [name, relativeL2(ours.get(name)!, data)] as const)
  const [worst, error] = errors.reduce((a, b) => (b[1] > a[1] ? b : a))
  const output = errors.find(([name]) => name === graph.outputs[0])![1]
  return `| ${path.basename(path.dirname(file))} | ${format} | ${graph.nodes.length} | ${output.toExponential(1)} | ${error.toExponential(1)} at ${worst} (of ${errors.length}) |`
}

function pictureSize({ inputs }: NetworkGraph): [number, number] {
  const shape = inputs[0]!.shape!
  return [(shape[3] === 3 ? shape[1] : shape[2])!, (shape[3] === 3 ? shape[2] : shape[3])!]
}

function byUs(graph: NetworkGraph, picture: Float32Array, shape: number[], theirs: Values): Map<string, Float32Array> {
  tf.setBackend(engine)
  const names = [...theirs.keys()]
  const runner = createGraphRunner(simplify(graph, new Set(names)), names)
  const isLast = graph.inputs[0]!.shape![3] === 3
  const values = tidyNumbers(() => {
    const x = tf.tensor(picture, shape)
    const found = runner.run(new Map([[graph.inputs[0]!.name, isLast ? logical(x) : channelsLast(x)]]), names)
    return new Map([...found].map(([name, value]) => [name, withStatedAxes(value, theirs.get(name)!.shape).dataSync() as Float32Array]))
  })
  runner.dispose()
  return values
}

async function byExecutor(file: string, graph: NetworkGraph, picture: Float32Array, shape: number[]): Promise<Values> {
  tf.setBackend('cpu')
  const stored = artifactsOf(file)
  const model = await converter.loadGraphModel({ load: async () => stored })
  const known = new Set((stored.modelTopology as { node: { name: string; op: string }[] }).node.filter(({ op }) => !['Const', 'Shape'].includes(op)).map(({ name }) => name))
  const names = spread(graph.nodes.map((node) => node.outputs[0]!).filter((name) => known.has(name) && name !== graph.outputs[0]))
  const wanted = [...names, graph.outputs[0]!]
  const results = model.execute({ [graph.inputs[0]!.name]: tf.tensor(picture, shape) }, wanted) as tf.Tensor[]
  return new Map(wanted.map((name, i) => [name, arrayOf(results[i]!)]))
}

async function byLayers(file: string, graph: NetworkGraph, picture: Float32Array, shape: number[]): Promise<Values> {
  tf.setBackend('cpu')
  const model = await layers.loadLayersModel({ load: async () => artifactsOf(file) })
  const made = new Set(graph.nodes.map((node) => node.outputs[0]!))
  const all = model.layers.filter((layer) => made.has(layer.name))
  const taps = [...spread(all.filter((layer) => layer.name !== graph.outputs[0])), ...all.filter((layer) => layer.name === graph.outputs[0])]
  const whole = layers.model({ inputs: model.inputs, outputs: taps.map((layer) => layer.output as layers.SymbolicTensor) })
  const results = [whole.predict(tf.tensor(picture, shape))].flat() as tf.Tensor[]
  return new Map(taps.map((layer, i) => [layer.name, arrayOf(results[i]!)]))
}

function arrayOf(tensor: tf.Tensor): NamedArray {
  return { shape: tensor.shape, data: tensor.dataSync() as Float32Array }
}

function spread<T>(items: T[]): T[] {
  return items.filter((_, i) => items.length <= most || Math.floor((i * most) / items.length) !== Math.floor(((i - 1) * most) / items.length))
}

function artifactsOf(file: string): tf.io.ModelArtifacts {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(file, 'utf8')) as tf.io.ModelJSON
  const data = Buffer.concat(weightsManifest.flatMap(({ paths }) => paths.map((name) => readFileSync(path.join(path.dirname(file), name)))))
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights)
  const weightData = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer
  return { modelTopology: modelTopology as object, weightSpecs, weightData }
}
