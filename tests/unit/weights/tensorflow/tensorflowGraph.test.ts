import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../../src-main/domain/errors.ts'
import type { GraphConstant } from '../../../../src-main/domain/graph.ts'
import { tensorflowGraph } from '../../../../src-main/weights/tensorflow/tensorflowGraph.ts'

const text = (value: string) => ({ s: Buffer.from(value).toString('base64') })
const list = (...values: number[]) => ({ list: { i: values.map(String) } })
const picture = { name: 'picture', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: ['-1', '8', '8', '3'].map((size) => ({ size })) } } } }
const kernel = { name: 'conv/kernel', op: 'Const' }
const conv = { name: 'conv', op: 'Conv2D', input: ['picture', 'conv/kernel', '^barrier'], attr: { strides: list(1, 2, 2, 1), padding: text('SAME') } }
const floats = (...shape: number[]): GraphConstant => ({ shape, type: 'float32', data: new Float32Array(shape.reduce((a, b) => a * b, 1)) })
const weights = new Map([['conv/kernel', floats(3, 3, 3, 4)], ['norm/four', floats(4)], ['long', floats(300)]])
const graphOf = (...nodes: object[]) => tensorflowGraph({ node: nodes }, weights, '"model.json"')

describe('tensorflowGraph', () => {
  it('gives tensors the names of their nodes, and the picture its channels last', () => {
    const { inputs, outputs, nodes } = graphOf(picture, kernel, conv, { name: 'barrier', op: 'NoOp' }, { name: 'relu', op: 'Relu', input: ['conv:0'] })
    expect(inputs).toEqual([{ name: 'picture', shape: [null, 8, 8, 3], type: 'float32' }])
    expect(outputs).toEqual(['relu'])
    expect(nodes.map(({ op, inputs: from, outputs: to }) => [op, from[0], to[0]])).toEqual([
      ['Transpose', 'picture', 'picture (channels first)'], ['Conv', 'picture (channels first)', 'conv'], ['Relu', 'conv', 'relu'],
    ])
  })

  it('puts a convolution and the norm after it side by side, so that they become one', () => {
    const four = { name: 'norm/four', op: 'Const' }
    const norm = { name: 'norm', op: 'FusedBatchNormV3', input: ['conv', ...Array.from({ length: 4 }, () => 'norm/four')], attr: { is_training: { b: false } } }
    expect(graphOf(picture, kernel, four, conv, norm).nodes.map(({ op }) => op)).toEqual(['Transpose', 'Conv', 'BatchNormalization'])
  })

  it('rearranges a kernel once, however many nodes read it', () => {
    const again = Array.from({ length: 50 }, (_, i) => ({ ...conv, name: `conv${i}` }))
    expect([...graphOf(picture, kernel, ...again).constants.keys()]).toEqual(['conv/kernel', 'conv/kernel (filters first)'])
  })

  it('copies no weight for each node that reads it, and takes no longer for it', () => {
    const bias = floats(1_000_000)
    const many = Array.from({ length: 20_000 }, (_, i) => ({ name: `biased${i}`, op: 'BiasAdd', input: ['conv', 'bias'] }))
    const start = performance.now()
    const { constants } = tensorflowGraph({ node: [picture, kernel, { name: 'bias', op: 'Const' }, conv, ...many] }, new Map([...weights, ['bias', bias]]))
    expect(performance.now() - start).toBeLessThan(3000)
    expect(constants.get('biased19999 (bias)')!.data).toBe(bias.data)
  })

  it.each<[string, object[], string]>([
    ['an operation it does not know, by its name and node', [picture, { name: 'boxes', op: 'NonMaxSuppressionV5', input: ['picture'] }],
      '"model.json": node "boxes" (NonMaxSuppressionV5) is of an operation that cannot be read. docs/operators.md says what can be read: export the model to ONNX, or change the node.'],
    ['what every object has, taken for an operation', [picture, { name: 'x', op: 'constructor', input: ['picture'] }], '"model.json": node "x" (constructor) is of an operation that cannot be read.'],
    ['channels first', [picture, kernel, { ...conv, attr: { ...conv.attr, data_format: text('NCHW') } }], '"model.json": node "conv" (Conv2D) has the order of axes "NCHW" where NHWC is expected.'],
    ['strides over the batch', [picture, kernel, { ...conv, attr: { ...conv.attr, strides: list(2, 1, 1, 1) } }], '"model.json": node "conv" (Conv2D) has strides [2, 1, 1, 1], where [1, height, width, 1] is expected.'],
    ['a missing weight', [picture, { name: 'other', op: 'Const' }, { name: 'sum', op: 'Add', input: ['picture', 'other'] }], '"model.json" lacks the weight "other". Convert the model with its weights.'],
    ['a kernel that is computed', [picture, kernel, { name: 'twice', op: 'Add', input: ['conv/kernel', 'conv/kernel'] }, { ...conv, input: ['picture', 'twice'] }],
      '"model.json": node "conv" (Conv2D) computes its kernel; only a fixed one can be read.'],
    ['a circle', [picture, { name: 'a', op: 'Add', input: ['picture', 'b'] }, { name: 'b', op: 'Relu', input: ['a'] }, { name: 'end', op: 'Relu', input: ['b'] }], 'The network\'s nodes wait for each other in a circle: node "a" (Add), node "b" (Relu)'],
    ['a tensor from nowhere', [picture, { name: 'a', op: 'Add', input: ['picture', 'lost'] }], 'The network\'s node "a" (Add) reads tensor "lost", which nothing gives.'],
    ['two nodes of one name', [picture, picture], '"model.json" describes two nodes of one name.'],
    ['a graph of nothing', [picture, kernel], '"model.json" holds a graph that computes nothing.'],
    ['an endless number of parts', [picture, { name: 'parts', op: 'Unpack', input: ['picture'], attr: { num: { i: '1000000000' } } }], '"model.json": node "parts" (Unpack) gives 1000000000 parts.'],
    ['more axes than a tensor has', [picture, { name: 'long', op: 'Const' }, { name: 'turned', op: 'Transpose', input: ['picture', 'long'] }], '"model.json": node "turned" (Transpose) has 300 numbers for its order of axes.'],
    ['an activation that nothing knows, fused', [picture, kernel, { ...conv, op: '_FusedConv2D', attr: { ...conv.attr, fused_ops: { list: { s: [text('Mystery').s] } } } }],
      '"model.json": node "conv" (_FusedConv2D) has the operation "Mystery" fused into it.'],
  ])('refuses %s', (_, nodes, message) => {
    expect(() => graphOf(...nodes)).toThrow(ModelFileError)
    expect(() => graphOf(...nodes)).toThrow(message)
  })

  it('refuses what is no graph', () => {
    expect(() => tensorflowGraph({ node: [{ name: 5 }] }, weights, '"model.json"')).toThrow('"model.json" has no proper modelTopology: nodes with name, op and input are expected.')
  })
})
