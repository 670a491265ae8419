import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { NetworkInput, NetworkSummary } from '../../../../../src-main/domain/network.ts'
import { describeGraph } from '../../../../../src-main/engine/models/graph/describeGraph.ts'
import type { GraphInputSettings } from '../../../../../src-main/engine/models/graph/graphInput.ts'
import { createGraphModel } from '../../../../../src-main/engine/models/graph/graphModel.ts'
import { simplify } from '../../../../../src-main/engine/models/graph/simplify.ts'
import type { Model } from '../../../../../src-main/engine/models/model.ts'
import { readOnnx } from '../../../../../src-main/weights/onnx/readOnnx.ts'
import { loadBackend } from '../../../../../src-main/worker/loadBackend.ts'
import { maxAbsDifference, relativeL2 } from '../../../../helpers/data.ts'
import { onnxFile, type OnnxGraph } from '../../../../helpers/onnxFile.ts'
import { noise, runtimeOutputs, weights, whole } from '../../../../helpers/onnxRuntime.ts'
import { modelOf } from '../../../../helpers/toyModel.ts'

const size: NetworkInput = { kind: 'image', height: 8, width: 8, channels: 3, range: [0, 1] }
const plain: GraphInputSettings = { name: 'x', layout: 'channels first', normalisation: null }

/** A residual network in small: convolution with norm, ReLU, a sum, a pool, scores. */
const network = (batch: number | string = 'batch'): OnnxGraph => ({
  nodes: [
    { op: 'Conv', inputs: ['x', 'k1', 'b1'], outputs: ['c1'], attributes: { pads: [1, 1, 1, 1], strides: [2, 2] } },
    { op: 'BatchNormalization', inputs: ['c1', 'gamma', 'beta', 'mean', 'variance'], outputs: ['n1'] },
    { op: 'Relu', inputs: ['n1'], outputs: ['r1'] },
    { op: 'Conv', inputs: ['r1', 'k2'], outputs: ['c2'], attributes: { pads: [1, 1, 1, 1] } },
    { op: 'Add', inputs: ['c2', 'r1'], outputs: ['sum'] },
    { op: 'Clip', inputs: ['sum', 'zero', 'six'], outputs: ['capped'] },
    { op: 'GlobalAveragePool', inputs: ['capped'], outputs: ['pooled'] },
    { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
    { op: 'Gemm', inputs: ['flat', 'w'], outputs: ['scores'] },
    { op: 'Softmax', inputs: ['scores'], outputs: ['y'] },
  ],
  weights: {
    k1: weights([4, 3, 3, 3]), b1: weights([4]), gamma: weights([4], 3), beta: weights([4], 4), mean: weights([4], 5), variance: weights([4], 6, [0.5, 2]),
    k2: weights([4, 4, 3, 3], 7), w: weights([4, 5], 8), zero: { shape: [], values: [0] }, six: { shape: [], values: [6] },
  },
  inputs: { x: { shape: [batch, 3, 8, 8] } },
  outputs: ['y'],
})

function modelFor(graph: OnnxGraph, tensors: string[], input = plain): Model {
  const summary: NetworkSummary = { ...modelOf('graph', size, [], []).summary, stages: tensors.map((name) => ({ name, shape: [1], metamerLayer: true, endsIn: 'linear' })) }
  return createGraphModel({ graph: readOnnx(onnxFile(graph)), summary, tensors, input })
}

const picture = (batch = 1) => tf.tensor(noise(batch * 192, 9, [0, 1]), [batch, 8, 8, 3])

beforeAll(async () => void (await loadBackend()))

describe('createGraphModel', () => {
  it('gives what onnxruntime gives, for pictures with the channels last, scaled as the card says', async () => {
    const model = modelFor(network(), ['y'], { ...plain, normalisation: { multiply: 2, subtract: [1, 0.5, 0], divide: 0.5, order: 'bgr' } })
    const x = picture()
    const seen = tf.tidy(() => tf.transpose(tf.reverse(tf.div(tf.sub(tf.mul(x, 2), [1, 0.5, 0]), 0.5), -1), [0, 3, 1, 2]).dataSync() as Float32Array)
    const [expected] = await runtimeOutputs(onnxFile(network()), seen, [1, 3, 8, 8])
    expect(maxAbsDifference(tf.tidy(() => model.run(x, 0, 'ordinary').dataSync()), expected!.data)).toBeLessThan(1e-6)
    model.dispose()
  })

  it('calls for every stage in order, channels last, and computes the same alone', () => {
    const model = modelFor(network(), ['r1', 'capped', 'scores'])
    const found: Array<[number, number[]]> = []
    const [all, alone] = tf.tidy(() => [model.run(picture(), 2, 'ordinary', (i, y) => found.push([i, y.shape])).dataSync(), model.run(picture(), 2, 'ordinary').dataSync()])
    expect(found).toEqual([[0, [1, 4, 4, 4]], [1, [1, 4, 4, 4]], [2, [1, 5]]])
    expect(all).toEqual(alone)
    model.dispose()
  })

  it('lets every gradient through the rectifier that ends the generation layer, and only through that', () => {
    const model = modelFor(network(), ['n1', 'r1', 'sum', 'capped'])
    const gradient = (last: number, end: 'ordinary' | 'generation') => tf.tidy(() => tf.grad((x) => tf.sum(model.run(x, last, end)))(picture()).dataSync() as Float32Array)
    expect(relativeL2(gradient(1, 'generation'), gradient(0, 'ordinary'))).toBeLessThan(1e-6)
    expect(relativeL2(gradient(3, 'generation'), gradient(2, 'ordinary'))).toBeLessThan(1e-6)
    expect(relativeL2(gradient(1, 'ordinary'), gradient(0, 'ordinary'))).toBeGreaterThan(0.1)
    expect(gradient(2, 'generation')).toEqual(gradient(2, 'ordinary'))
    model.dispose()
  })

  it.each(['batch', 1])('runs several examples, together or, where the graph is fixed to one, one by one: %s', (batch) => {
    const model = modelFor(network(batch), ['scores'])
    const both = tf.tidy(() => model.run(picture(2), 0, 'ordinary').arraySync()) as number[][]
    const second = tf.tidy(() => model.run(tf.slice(picture(2), [1], [1]), 0, 'ordinary').arraySync()) as number[][]
    expect(maxAbsDifference(both[1]!, second[0]!)).toBeLessThan(1e-6)
    model.dispose()
  })

  it('leaves no tensor behind', () => {
    const x = picture()
    const before = tf.memory().numTensors
    const model = modelFor(network(), ['scores'])
    tf.tidy(() => void tf.grad((z) => tf.sum(model.run(z, 0, 'generation')))(x).dataSync())
    model.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('follows a choice that shapes decide, and refuses one that the picture decides', () => {
    const choosing = (condition: OnnxGraph['nodes']): OnnxGraph => ({
      nodes: [...condition, { op: 'If', name: 'choice', inputs: ['condition'], outputs: ['y'], attributes: {
        then_branch: { graph: { nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['t'] }], outputs: ['t'] } },
        else_branch: { graph: { nodes: [{ op: 'Exp', inputs: ['x'], outputs: ['e'] }], outputs: ['e'] } },
      } }],
      weights: { four: whole(1, 3, 8, 8), half: { shape: [], values: [0.5] }, all: { ...whole(0, 1, 2, 3) } },
      inputs: { x: { shape: ['batch', 3, 8, 8] } }, outputs: ['y'],
    })
    const byShape = modelFor(choosing([{ op: 'Size', inputs: ['x'], outputs: ['s'] }, { op: 'Cast', inputs: ['s'], outputs: ['condition'], attributes: { to: 9 } }]), ['y'])
    expect(tf.tidy(() => maxAbsDifference(byShape.run(picture(), 0, 'ordinary').dataSync(), tf.neg(picture()).dataSync()))).toBe(0)
    byShape.dispose()
    const byPicture = modelFor(choosing([{ op: 'ReduceMax', inputs: ['x'], outputs: ['m'], attributes: { keepdims: 0 } }, { op: 'Greater', inputs: ['m', 'half'], outputs: ['condition'] }]), ['y'])
    expect(() => tf.tidy(() => byPicture.run(picture(), 0, 'ordinary'))).toThrow(/node "choice" \(If\) chooses by what the network is shown/)
    byPicture.dispose()
  })

  it.each<[string, () => Model, RegExp]>([
    ['a stage that is not there', () => modelFor(network(), ['conv9']), /has no tensor "conv9"/],
    ['an input that is not there', () => modelFor(network(), ['y'], { ...plain, name: 'image' }), /also needs its input "x", shape \[any, 3, 8, 8\]/],
    ['a graph for several examples only', () => modelFor(network(4), ['y']), /takes 4 examples at once/],
  ])('refuses %s', (_, make, sentence) => expect(make).toThrow(sentence))

  it('says so where a picture has another size than the network was made for', () => {
    const model = modelFor({ ...network(), nodes: [{ op: 'Reshape', name: 'rows', inputs: ['x', 'shape'], outputs: ['y'] }], weights: { shape: whole(-1, 192) } }, ['y'])
    expect(() => tf.tidy(() => model.run(tf.zeros([1, 7, 7, 3]), 0, 'ordinary'))).toThrow(/node "rows" \(Reshape\) makes \[-1, 192\] of \[1, 3, 7, 7\]/)
    model.dispose()
  })
})

it('simplify folds a batch norm into the convolution before it, unless that is wanted', () => {
  const graph = readOnnx(onnxFile(network()))
  expect(simplify(graph, new Set(['y'])).nodes.map((n) => n.op)).not.toContain('BatchNormalization')
  expect(simplify(graph, new Set(['c1'])).nodes.map((n) => n.op)).toContain('BatchNormalization')
})

it('describeGraph tells of every node its shape, its end and whether metamers can be made there, and finds the scores', () => {
  const { nodes, logits } = describeGraph(readOnnx(onnxFile(network())), size, plain)
  const of = (tensor: string) => nodes.find((node) => node.tensor === tensor)
  expect(logits).toBe('scores')
  expect(of('r1')).toMatchObject({ op: 'Relu', inputs: ['n1'], shape: [4, 4, 4], endsIn: 'relu', metamerLayer: true })
  expect(of('capped')).toMatchObject({ endsIn: 'relu6', suggested: true })
  expect(of('scores')).toMatchObject({ shape: [5], endsIn: 'linear', parameters: 20, suggested: true })
  expect(of('c1')).toMatchObject({ parameters: 3 * 4 * 9 + 4, suggested: false })
})
