import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGraphRunner } from '../../src-main/engine/models/graph/runGraph.ts'
import { channelsLast } from '../../src-main/engine/models/graph/value.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { readModelFile } from '../../src-main/worker/modelFile.ts'
import { relativeL2 } from '../helpers/data.ts'
import { withStatedAxes } from '../helpers/statedAxes.ts'

/** The other side is TensorFlow.js' own layers, which save a model here and give its values. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'tfjs-layers-'))

beforeAll(async () => void (await loadBackend()))
afterAll(() => rmSync(folder, { recursive: true }))

function model(): layers.LayersModel {
  const initialiser = (seed: number) => layers.initializers.randomNormal({ stddev: 0.4, seed })
  const inner = layers.sequential({
    name: 'inner',
    layers: [
      layers.layers.depthwiseConv2d({ name: 'depthwise', inputShape: [6, 5, 4], kernelSize: 3, padding: 'same', depthwiseInitializer: initialiser(1) }),
      layers.layers.reLU({ name: 'capped', maxValue: 6 }),
    ],
  })
  const x = layers.input({ shape: [12, 10, 3], name: 'picture' })
  const conv = layers.layers.conv2d({ name: 'conv', filters: 4, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu', kernelInitializer: initialiser(2) }).apply(x)
  const y = inner.apply(layers.layers.batchNormalization({ name: 'norm', gammaInitializer: initialiser(3) }).apply(conv)) as layers.SymbolicTensor
  const flat = layers.layers.flatten({ name: 'flat' }).apply(layers.layers.concatenate({ name: 'joined' }).apply([y, conv as layers.SymbolicTensor]))
  const scores = layers.layers.dense({ name: 'scores', units: 5, activation: 'softmax', kernelInitializer: initialiser(4) }).apply(flat)
  return layers.model({ inputs: x, outputs: scores as layers.SymbolicTensor })
}

async function saved(topologyOf: (topology: object) => object): Promise<{ file: string; whole: layers.LayersModel }> {
  const whole = model()
  const file = path.join(folder, 'model.json')
  await whole.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    writeFileSync(path.join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer))
    writeFileSync(file, JSON.stringify({ format: 'layers-model', modelTopology: topologyOf(modelTopology as object), weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] }))
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
  }))
  return { file, whole }
}

describe.each<[string, (topology: object) => object]>([
  ['saved by TensorFlow.js', (topology) => topology],
  ['converted from Keras, which puts the model beside a version', (topology) => ({ keras_version: '2.15.0', backend: 'tensorflow', model_config: topology })],
])('a layers model %s', (_, topologyOf) => {
  it('gives the values of TensorFlow.js, and the scores before the softmax as a layer', async () => {
    const { file, whole } = await saved(topologyOf)
    const { graph, warnings, format } = await readModelFile(file, () => undefined)
    expect([warnings, format]).toEqual([[], 'tfjs-layers'])
    const values = Float32Array.from({ length: 12 * 10 * 3 }, (__, i) => Math.sin(i * 0.37))
    const names = ['conv', 'norm', 'joined', 'scores/linear', 'scores']
    const runner = createGraphRunner(graph!, names)
    tf.tidy(() => {
      const x = tf.tensor(values, [1, 12, 10, 3])
      const taps = ['conv', 'norm', 'joined', 'scores']
      const theirs = layers.model({ inputs: whole.inputs, outputs: taps.map((name) => whole.getLayer(name).output as layers.SymbolicTensor) }).predict(x) as tf.Tensor[]
      const ours = runner.run(new Map([['picture', channelsLast(x)]]), names)
      taps.forEach((name, i) => expect(relativeL2(withStatedAxes(ours.get(name)!, theirs[i]!.shape).dataSync(), theirs[i]!.dataSync()), name).toBeLessThan(2e-6))
      expect(relativeL2(tf.softmax(ours.get('scores/linear')!.tensor).dataSync(), theirs[3]!.dataSync())).toBeLessThan(2e-6)
    })
    runner.dispose()
    whole.dispose()
  })
})
