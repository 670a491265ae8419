import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphCard } from '../../src-main/engine/models/graph/buildGraphNetwork.ts'
import { buildGraphNetwork } from '../../src-main/engine/models/graph/buildGraphNetwork.ts'
import { activationsAt, activationsOfAllStages } from '../../src-main/engine/models/model.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { readModelFile } from '../../src-main/worker/modelFile.ts'
import { dataPath, readJson, relativeL2 } from '../helpers/data.ts'

/** What Keras itself gives for the same models and input (bench/golden/kerasGraphs.py): every layer that has a name of its own. */
interface Golden {
  outputs: Record<string, { shape: number[]; values: number[] }>
}

beforeAll(async () => void (await loadBackend()))

describe.each([
  ['mixed', 16, 12],
  ['nested', 8, 8],
])('the Keras model "%s"', (name, height, width) => {
  const { outputs } = readJson<Golden>(dataPath(`keras/${name}.outputs.json`)!)
  // The golden values are of the graph's own input, so nothing is scaled.
  const x = () => tf.tensor(Float32Array.from({ length: height * width * 3 }, (_, i) => Math.sin(i * 0.37)), [1, height, width, 3])
  const card = (input: string): GraphCard => ({
    format: 1, name, aliases: [], title: name, input: { kind: 'image', height, width, channels: 3, range: [0, 1] },
    network: { from: 'graph', format: 'keras', input, layout: 'channels first' }, normalisation: null, frontEnd: null,
    stages: Object.entries(outputs).map(([layer, { shape }]) => ({ name: layer, shape, metamerLayer: true, endsIn: 'linear' })),
    labels: null, labelOffset: 0, head: 'softmax', baseLearningRate: 0.001, needsNativeEngine: null, notes: [],
    weights: { state: 'trained', source: 'made up', licence: 'MIT', file: name, hash: '0'.repeat(64), sourceFile: { name, hash: '0'.repeat(64) } },
  })

  it.each(['keras', 'h5'])('gives the values of Keras at every layer, from its .%s file, with a gradient to the input', async (ending) => {
    const before = tf.memory().numTensors
    const { graph, warnings } = await readModelFile(dataPath(`keras/${name}.${ending}`)!, () => undefined)
    expect(warnings).toEqual([])
    const model = buildGraphNetwork(card(graph!.inputs[0]!.name), graph!)
    const activations = tf.tidy(() => activationsOfAllStages(model, x()))
    Object.entries(outputs).forEach(([layer, golden], i) => {
      expect(activations[i]!.length, layer).toBe(golden.values.length)
      expect(relativeL2(activations[i]!, golden.values), layer).toBeLessThan(2e-6)
    })
    const last = Object.keys(outputs).at(-1)!
    const gradient = tf.tidy(() => tf.grad((z) => tf.sum(tf.square(activationsAt(model, last, z))))(x()).dataSync())
    expect(gradient.every(Number.isFinite)).toBe(true)
    expect(gradient.some((value) => value !== 0)).toBe(true)
    model.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
