import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphConstant } from '../../../src-main/domain/graph.ts'
import { tensorflowGraph } from '../../../src-main/weights/tensorflow/tensorflowGraph.ts'
import { graphOutline } from '../../../src-main/worker/graphOutline.ts'
import { loadBackend } from '../../../src-main/worker/loadBackend.ts'

beforeAll(async () => void (await loadBackend()))

const filled = (shape: number[]): GraphConstant => ({ shape, type: 'float32', data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i)) })

/** A picture, scaled by a factor where there is one, a convolution, its mean over all places, a hidden layer and scores. */
function networkOf(factor: number | null) {
  const scaled = factor === null ? 'picture' : 'scaled'
  const constants = new Map<string, GraphConstant>([
    ['kernel', filled([3, 3, 3, 4])], ['axes', { shape: [2], type: 'int32', data: Int32Array.of(1, 2) }], ['hidden/kernel', filled([4, 6])], ['hidden/bias', filled([6])],
    ['scores/kernel', filled([6, 5])], ['factor', { shape: [], type: 'float32', data: Float32Array.of(factor ?? 1) }],
  ])
  const node = [
    { name: 'picture', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [-1, 8, 6, 3].map((size) => ({ size: String(size) })) } } } },
    ...[...constants.keys()].map((name) => ({ name, op: 'Const' })),
    ...(factor === null ? [] : [{ name: 'scaled', op: 'Mul', input: ['factor', 'picture'] }]),
    { name: 'conv', op: 'Conv2D', input: [scaled, 'kernel'], attr: { strides: { list: { i: ['1', '1', '1', '1'] } }, padding: { s: Buffer.from('SAME').toString('base64') } } },
    { name: 'relu', op: 'Relu', input: ['conv'] },
    { name: 'mean', op: 'Mean', input: ['relu', 'axes'] },
    { name: 'hidden', op: 'MatMul', input: ['mean', 'hidden/kernel'] },
    { name: 'hidden biased', op: 'BiasAdd', input: ['hidden', 'hidden/bias'] },
    { name: 'hidden relu', op: 'Relu', input: ['hidden biased'] },
    { name: 'scores', op: 'MatMul', input: ['hidden relu', 'scores/kernel'] },
    { name: 'probabilities', op: 'Softmax', input: ['scores'] },
  ]
  return tensorflowGraph({ node }, constants)
}

describe('graphOutline of a TensorFlow graph', () => {
  it('takes its input for a picture with the channels last, and offers activations and the scores before the softmax', () => {
    const { suggestion } = graphOutline(networkOf(null), 'model.json', 'tfjs-graph')
    expect(suggestion.input).toEqual({ kind: 'image', height: 8, width: 6, channels: 3, range: [0, 1] })
    expect(suggestion.network).toEqual({ from: 'graph', format: 'tfjs', input: 'picture', layout: 'channels last' })
    expect(suggestion.stages.map(({ name, shape, endsIn }) => [name, shape, endsIn])).toEqual([['relu', [8, 6, 4], 'relu'], ['hidden relu', [6], 'relu'], ['scores', [5], 'linear']])
  })

  it.each([
    ['from -1 to 1 where it does not scale them', null, { multiply: 2, subtract: [1, 1, 1] }],
    ['as bytes where it makes them small', 1 / 255, { multiply: 255, subtract: [0, 0, 0] }],
    ['from 0 to 1 where it scales them from there', 2, { multiply: 1, subtract: [0, 0, 0] }],
  ])('guesses that it takes pictures %s', (_, factor, scaling) => {
    expect(graphOutline(networkOf(factor), 'model.json', 'tfjs-graph').suggestion.normalisation).toMatchObject(scaling)
  })
})
