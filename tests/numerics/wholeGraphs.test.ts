import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createGraphRunner } from '../../src-main/engine/models/graph/runGraph.ts'
import { simplify } from '../../src-main/engine/models/graph/simplify.ts'
import { channelsLast, inOrder } from '../../src-main/engine/models/graph/value.ts'
import { tidyNumbers } from '../../src-main/engine/support/tidyNumbers.ts'
import { readOnnx } from '../../src-main/weights/onnx/readOnnx.ts'
import { readSafetensors } from '../../src-main/weights/safetensors.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../helpers/data.ts'

/** Exports by PyTorch, with values of onnxruntime and gradients of autograd in float64: bench/golden/tinyGraphs.py. */
const folder = path.resolve(import.meta.dirname, '../fixtures/golden/graphs')

beforeAll(async () => void (await loadBackend()))

describe.each(readdirSync(folder).filter((name) => name.endsWith('.onnx')))('%s', (file) => {
  const expected = readSafetensors(readFileSync(path.join(folder, file.replace('.onnx', '.safetensors'))))
  const names = [...expected.keys()].filter((name) => !name.startsWith('input'))

  it('gives the values of onnxruntime everywhere and the gradient of PyTorch', () => {
    const graph = simplify(readOnnx(readFileSync(path.join(folder, file))), new Set(names))
    const runner = createGraphRunner(graph, names)
    const run = (x: tf.Tensor, wanted: string[]) => runner.run(new Map([[graph.inputs[0]!.name, channelsLast(x)]]), wanted)
    const x = tf.tidy(() => tf.transpose(tf.tensor(expected.get('input')!.data, [1, 3, 32, 32]), [0, 2, 3, 1]))
    const output = graph.outputs[0]!
    expect(names.length).toBeGreaterThanOrEqual(5)
    tidyNumbers(() => run(x, names).forEach((value, name) => expect(relativeL2(inOrder(value).dataSync(), expected.get(name)!.data), name).toBeLessThan(1e-5)))
    const gradient = tidyNumbers(() => inOrder(channelsLast(tf.grad((z) => {
      const y = tf.reshape(inOrder(run(z, [output]).get(output)!), [-1])
      return tf.sum(tf.mul(y, tf.sin(tf.range(0, y.size))))
    })(x))).dataSync())
    expect(relativeL2(gradient, expected.get('input gradient')!.data)).toBeLessThan(1e-3)
    tf.dispose(x)
    runner.dispose()
  })
})
