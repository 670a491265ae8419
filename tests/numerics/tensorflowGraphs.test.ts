import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createGraphRunner } from '../../src-main/engine/models/graph/runGraph.ts'
import { simplify } from '../../src-main/engine/models/graph/simplify.ts'
import { logical } from '../../src-main/engine/models/graph/value.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { readSafetensors } from '../../src-main/weights/safetensors.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { readModelFile } from '../../src-main/worker/modelFile.ts'
import { dataPath, relativeL2 } from '../helpers/data.ts'
import { withStatedAxes } from '../helpers/statedAxes.ts'

/** Graphs as TensorFlow.js stores them, with TensorFlow's own values at every node: bench/golden/tensorflowGraphs.py. */
const pictureShape = [1, 8, 6, 3]
const values = Float32Array.from({ length: 8 * 6 * 3 }, (_, i) => Math.sin(i * 0.37))

beforeAll(async () => void (await loadBackend()))

describe.each([
  ['convolutional', 'model', 30],
  ['convolutional', 'fused', 25],
  ['shapes', 'model', 30],
  ['various', 'model', 40],
])('the graph "%s", %s.json', (name, file, least) => {
  const expected = readSafetensors(readFileSync(dataPath(`tensorflow/${name}/expected.safetensors`)!))

  it('gives the values of TensorFlow at every node, with channels last as TensorFlow has them, and a gradient to the picture', async () => {
    const before = tf.memory().numTensors
    const { graph: whole, warnings, format } = await readModelFile(dataPath(`tensorflow/${name}/${file}.json`)!, () => undefined)
    expect([warnings, format]).toEqual([[], 'tfjs-graph'])
    expect(whole!.inputs).toEqual([{ name: 'picture', shape: [null, 8, 6, 3], type: 'float32' }])
    const made = new Set(whole!.nodes.flatMap((node) => node.outputs))
    const names = [...expected.keys()].filter((tensor) => made.has(tensor))
    expect(names.length).toBeGreaterThanOrEqual(least)
    expect(names).toContain(whole!.outputs[0])
    for (const wanted of [names, whole!.outputs]) {
      const runner = createGraphRunner(simplify(whole!, new Set(wanted)), wanted)
      tidyNumbers(() => {
        const x = tf.tensor(values, pictureShape)
        const run = (z: tf.Tensor) => runner.run(new Map([['picture', logical(z)]]), wanted)
        run(x).forEach((value, tensor) => {
          const found = withStatedAxes(value, expected.get(tensor)!.shape)
          expect(found.shape, tensor).toEqual(expected.get(tensor)!.shape)
          expect(relativeL2(found.dataSync() as Float32Array, expected.get(tensor)!.data), tensor).toBeLessThan(1e-5)
        })
        const gradient = tf.grad((z) => tf.sum(tf.square(run(z).get(whole!.outputs[0]!)!.tensor)))(x).dataSync()
        expect(gradient.every(Number.isFinite) && gradient.some((value) => value !== 0)).toBe(true)
      })
      runner.dispose()
    }
    expect(tf.memory().numTensors).toBe(before)
  })
})
