import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../../../../src-main/worker/loadBackend.ts'
import { bothRun, weights, whole, type OneNode } from '../../../../helpers/onnxRuntime.ts'

const picture = [2, 4, 9, 8]
const sound = [2, 3, 20]
const kernel = { others: [weights([6, 4, 3, 3]), weights([6])] }
const number = (value: number) => ({ shape: [], values: [value] })

/** Each is computed by onnxruntime and by us, from both orders in memory; the gradient is held to finite differences. */
const cases: Record<string, Array<[string, OneNode]>> = {
  convolution: [
    ['plain', { op: 'Conv', shape: picture, ...kernel }],
    ['padded all round, strides 2', { op: 'Conv', shape: picture, ...kernel, attributes: { pads: [1, 1, 1, 1], strides: [2, 2] } }],
    ['borders of four widths', { op: 'Conv', shape: picture, ...kernel, attributes: { pads: [0, 2, 1, 3] } }],
    ['dilated', { op: 'Conv', shape: picture, ...kernel, attributes: { dilations: [2, 3], pads: [2, 3, 2, 3] } }],
    ['SAME_UPPER', { op: 'Conv', shape: picture, ...kernel, attributes: { auto_pad: 'SAME_UPPER', strides: [2, 3] } }],
    ['SAME_LOWER', { op: 'Conv', shape: picture, ...kernel, attributes: { auto_pad: 'SAME_LOWER', strides: [2, 2] } }],
    ['depthwise', { op: 'Conv', shape: picture, others: [weights([4, 1, 3, 3]), weights([4])], attributes: { group: 4, pads: [1, 1, 1, 1] } }],
    ['depthwise, two filters each, unequal strides', { op: 'Conv', shape: picture, others: [weights([8, 1, 3, 3])], attributes: { group: 4, strides: [2, 1] } }],
    ['in two groups', { op: 'Conv', shape: picture, others: [weights([6, 2, 3, 3]), weights([6])], attributes: { group: 2 } }],
    ['of sounds', { op: 'Conv', shape: sound, others: [weights([5, 3, 4]), weights([5])], attributes: { strides: [2], pads: [1, 2] } }],
    ['transposed', { op: 'ConvTranspose', shape: picture, others: [weights([4, 5, 3, 3]), weights([5])], attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] } }],
    ['transposed, in groups', { op: 'ConvTranspose', shape: picture, others: [weights([4, 2, 2, 2])], attributes: { strides: [2, 2], group: 2 } }],
    ['transposed, dilated', { op: 'ConvTranspose', shape: picture, others: [weights([4, 2, 3, 3])], attributes: { dilations: [2, 2] } }],
    ['transposed, of sounds', { op: 'ConvTranspose', shape: sound, others: [weights([3, 2, 4])], attributes: { strides: [2], pads: [1, 1] } }],
  ],
  pooling: [
    ['maximum', { op: 'MaxPool', shape: picture, attributes: { kernel_shape: [2, 2], strides: [2, 2] } }],
    ['maximum, padded', { op: 'MaxPool', shape: picture, attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } }],
    ['maximum, rounded up', { op: 'MaxPool', shape: picture, attributes: { kernel_shape: [3, 3], strides: [2, 3], ceil_mode: 1 } }],
    ['maximum of sounds', { op: 'MaxPool', shape: sound, attributes: { kernel_shape: [4], strides: [3] } }],
    ['average, border not counted', { op: 'AveragePool', shape: picture, attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } }],
    ['average, border counted', { op: 'AveragePool', shape: picture, attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2], count_include_pad: 1 } }],
    ['average, uneven border not counted', { op: 'AveragePool', shape: picture, attributes: { kernel_shape: [3, 2], pads: [0, 1, 2, 0], strides: [2, 2] } }],
    ['average, rounded up', { op: 'AveragePool', shape: picture, attributes: { kernel_shape: [2, 3], strides: [2, 2], ceil_mode: 1 }, opset: 19 }],
    ['of everything', { op: 'GlobalAveragePool', shape: picture }],
    ['maximum of everything', { op: 'GlobalMaxPool', shape: picture }],
  ],
  elementwise: [
    ...['Sigmoid', 'Tanh', 'Erf', 'Exp', 'Neg', 'Abs', 'Softplus', 'Softsign', 'Elu', 'Selu', 'Celu', 'LeakyRelu', 'HardSigmoid', 'HardSwish', 'Sin', 'Cos', 'Atan']
      .map((op): [string, OneNode] => [op, { op, shape: picture }]),
    ...['Log', 'Sqrt', 'Reciprocal'].map((op): [string, OneNode] => [op, { op, shape: picture, range: [0.5, 2] }]),
    ['Mish', { op: 'Mish', shape: picture, opset: 18 }],
    ['Gelu', { op: 'Gelu', shape: picture, opset: 20 }],
    ['Gelu by tanh', { op: 'Gelu', shape: picture, opset: 20, attributes: { approximate: 'tanh' } }],
    ['Relu', { op: 'Relu', shape: picture }],
    ['Clip', { op: 'Clip', shape: picture, others: [number(-0.5), number(0.25)] }],
    ['Clip from below', { op: 'Clip', shape: picture, others: [number(0)] }],
    ['Clip of old', { op: 'Clip', shape: picture, attributes: { min: { float: 0 }, max: { float: 0.5 } }, opset: 6 }],
    ['PRelu by channel', { op: 'PRelu', shape: picture, others: [weights([4, 1, 1])] }],
    ...['Add', 'Sub', 'Mul', 'Div'].map((op): [string, OneNode] => [`${op} by channel`, { op, shape: picture, others: [weights([4, 1, 1], 3, [1, 2])] }]),
    ['Add of the same shape', { op: 'Add', shape: picture, others: [weights(picture)] }],
    ['Add along the last axis', { op: 'Add', shape: picture, others: [weights([8])] }],
    ['Add that spreads to more axes', { op: 'Add', shape: [4, 9, 8], others: [weights([2, 1, 1, 1])] }],
    ['square', { op: 'Pow', shape: picture, others: [number(2)] }],
    ['root as a power', { op: 'Pow', shape: picture, others: [number(0.5)], range: [0.5, 2] }],
    ['cube', { op: 'Pow', shape: picture, others: [number(3)] }],
    ['Max', { op: 'Max', shape: picture, others: [weights([8])] }],
    ['Min', { op: 'Min', shape: picture, others: [weights([4, 1, 1])] }],
    ['Mean', { op: 'Mean', shape: picture, others: [weights(picture)] }],
    ['Sum', { op: 'Sum', shape: picture, others: [weights(picture), weights([8])] }],
  ],
  normalisation: [
    ['batch', { op: 'BatchNormalization', shape: picture, others: [weights([4]), weights([4]), weights([4]), weights([4], 5, [0.5, 2])] }],
    ['batch, of features', { op: 'BatchNormalization', shape: [3, 4], others: [weights([4]), weights([4]), weights([4]), weights([4], 5, [0.5, 2])] }],
    ['instance', { op: 'InstanceNormalization', shape: picture, others: [weights([4]), weights([4])] }],
    ['groups', { op: 'GroupNormalization', shape: picture, others: [weights([4]), weights([4])], attributes: { num_groups: 2 }, opset: 21 }],
    ['layer', { op: 'LayerNormalization', shape: picture, others: [weights([8]), weights([8])] }],
    ['layer, two axes', { op: 'LayerNormalization', shape: picture, others: [weights([9, 8])], attributes: { axis: -2 } }],
    ['of neighbouring channels', { op: 'LRN', shape: [1, 7, 3, 3], attributes: { size: 5, alpha: { float: 0.5 }, beta: { float: 0.75 } } }],
    ['to length one', { op: 'LpNormalization', shape: picture, attributes: { axis: 1 } }],
    ['softmax', { op: 'Softmax', shape: picture, attributes: { axis: 1 } }],
    ['softmax, last axis', { op: 'Softmax', shape: picture }],
    ['softmax of old, over all that follows', { op: 'Softmax', shape: picture, attributes: { axis: 2 }, opset: 11 }],
    ['log softmax', { op: 'LogSoftmax', shape: [2, 5], attributes: { axis: 1 } }],
  ],
  reshape: [
    ['reshape', { op: 'Reshape', shape: picture, others: [whole(0, -1, 6)] }],
    ['flatten', { op: 'Flatten', shape: picture }],
    ['flatten from an axis', { op: 'Flatten', shape: picture, attributes: { axis: -1 } }],
    ['channels to the end', { op: 'Transpose', shape: picture, attributes: { perm: [0, 2, 3, 1] } }],
    ['channels from the end', { op: 'Transpose', shape: picture, attributes: { perm: [0, 3, 1, 2] } }],
    ['reversed', { op: 'Transpose', shape: picture }],
    ['squeeze', { op: 'Squeeze', shape: [2, 1, 5, 1], others: [whole(1, -1)] }],
    ['unsqueeze', { op: 'Unsqueeze', shape: [2, 3, 4], others: [whole(0, -1)] }],
    ['concat', { op: 'Concat', shape: picture, others: [weights([2, 3, 9, 8])], attributes: { axis: 1 } }],
    ['concat, last axis', { op: 'Concat', shape: picture, others: [weights([2, 4, 9, 2])], attributes: { axis: -1 } }],
    ['expand', { op: 'Expand', shape: [3, 1, 4], others: [whole(2, 1, 5, 1)] }],
    ['tile', { op: 'Tile', shape: [2, 3, 2], others: [whole(1, 2, 3)] }],
    ['depth to space', { op: 'DepthToSpace', shape: picture, attributes: { blocksize: 2 } }],
    ['depth to space, columns first', { op: 'DepthToSpace', shape: picture, attributes: { blocksize: 2, mode: 'CRD' } }],
    ['space to depth', { op: 'SpaceToDepth', shape: [1, 3, 4, 6], attributes: { blocksize: 2 } }],
  ],
  choosing: [
    ['slice', { op: 'Slice', shape: picture, others: [whole(1, 1), whole(3, 1000), whole(1, 3)] }],
    ['slice with steps', { op: 'Slice', shape: picture, others: [whole(0, 1), whole(9, 8), whole(2, 3), whole(2, 3)] }],
    ['slice backwards', { op: 'Slice', shape: picture, others: [whole(-1, 6), whole(-1000, 0), whole(1, 3), whole(-1, -2)] }],
    ['split', { op: 'Split', shape: picture, others: [whole(1, 3)], attributes: { axis: 1 }, outputs: 2 }],
    ['split evenly', { op: 'Split', shape: picture, attributes: { axis: 2, num_outputs: 2 }, outputs: 2, opset: 18 }],
    ['gather one', { op: 'Gather', shape: picture, others: [{ shape: [], values: [-1], type: 'int64' }], attributes: { axis: 1 } }],
    ['gather several', { op: 'Gather', shape: picture, others: [{ shape: [2, 2], values: [3, 0, 0, 2], type: 'int64' }], attributes: { axis: 2 } }],
    ['border of a constant', { op: 'Pad', shape: picture, others: [whole(0, 1, 2, 0, 0, 0, 1, 3), number(0.5)] }],
    ['border cut off', { op: 'Pad', shape: picture, others: [whole(0, 0, -1, 0, 0, 0, -2, 1)] }],
    ['border reflected', { op: 'Pad', shape: picture, others: [whole(0, 0, 2, 1, 0, 0, 3, 2)], attributes: { mode: 'reflect' } }],
    ['border of the edge', { op: 'Pad', shape: picture, others: [whole(0, 0, 2, 1, 0, 0, 0, 2)], attributes: { mode: 'edge' } }],
  ],
  reductions: [
    ...['ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceL1', 'ReduceL2', 'ReduceSumSquare', 'ReduceProd', 'ReduceLogSumExp'].map((op): [string, OneNode] => [
      `${op} over places`, { op, shape: picture, attributes: { axes: [2, 3], keepdims: 0 } },
    ]),
    ['ReduceSum, axes as input', { op: 'ReduceSum', shape: picture, others: [whole(1)] }],
    ['ReduceMean, one place axis', { op: 'ReduceMean', shape: picture, others: [whole(-1)], attributes: { keepdims: 0 }, opset: 18 }],
    ['ReduceLogSum of everything', { op: 'ReduceLogSum', shape: picture, attributes: { keepdims: 0 }, range: [0.5, 1] }],
  ],
  matrices: [
    ['by a matrix', { op: 'MatMul', shape: [2, 5, 4], others: [weights([4, 3])] }],
    ['by several', { op: 'MatMul', shape: [2, 1, 5, 4], others: [weights([3, 4, 6])] }],
    ['by a vector', { op: 'MatMul', shape: [5, 4], others: [weights([4])] }],
    ['Gemm', { op: 'Gemm', shape: [3, 4], others: [weights([5, 4]), weights([5])], attributes: { transB: 1, alpha: { float: 0.5 }, beta: { float: 2 } } }],
    ['Gemm, turned', { op: 'Gemm', shape: [4, 3], others: [weights([4, 5])], attributes: { transA: 1 } }],
    ['Einsum', { op: 'Einsum', shape: [2, 3, 4], others: [weights([2, 5, 4])], attributes: { equation: 'bij,bkj->bik' } }],
  ],
  resize: [
    ['nearest, twice', { op: 'Resize', shape: picture, others: ['', { shape: [4], values: [1, 1, 2, 2] }], attributes: { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' } }],
    ['nearest, to a size', { op: 'Resize', shape: picture, others: ['', '', whole(2, 4, 5, 11)], attributes: { mode: 'nearest' } }],
    ['nearest, rounded up', { op: 'Resize', shape: picture, others: ['', '', whole(2, 4, 12, 7)], attributes: { mode: 'nearest', nearest_mode: 'round_prefer_ceil', coordinate_transformation_mode: 'align_corners' } }],
    ['linear', { op: 'Resize', shape: picture, others: ['', '', whole(2, 4, 13, 5)], attributes: { mode: 'linear' } }],
    ['linear, corners on corners', { op: 'Resize', shape: picture, others: ['', '', whole(2, 4, 13, 5)], attributes: { mode: 'linear', coordinate_transformation_mode: 'align_corners' } }],
    ['linear, by scales', { op: 'Resize', shape: picture, others: ['', { shape: [4], values: [1, 1, 1.7, 0.6] }], attributes: { mode: 'linear', coordinate_transformation_mode: 'pytorch_half_pixel' } }],
    ['cubic', { op: 'Resize', shape: picture, others: ['', '', whole(2, 4, 14, 16)], attributes: { mode: 'cubic' } }],
    ['of old', { op: 'Upsample', shape: picture, others: [{ shape: [4], values: [1, 1, 3, 2] }], attributes: { mode: 'nearest' }, opset: 9 }],
  ],
  recurrent: [
    ['LSTM', { op: 'LSTM', shape: [5, 2, 3], others: [weights([1, 16, 3]), weights([1, 16, 4]), weights([1, 32])], attributes: { hidden_size: 4 }, outputs: 3 }],
    ['LSTM both ways', { op: 'LSTM', shape: [5, 2, 3], others: [weights([2, 16, 3]), weights([2, 16, 4]), weights([2, 32])], attributes: { hidden_size: 4, direction: 'bidirectional' }, outputs: 3 }],
    ['GRU', { op: 'GRU', shape: [5, 2, 3], others: [weights([1, 12, 3]), weights([1, 12, 4]), weights([1, 24])], attributes: { hidden_size: 4 }, outputs: 2 }],
    ['GRU, reset after, backwards', { op: 'GRU', shape: [5, 2, 3], others: [weights([1, 12, 3]), weights([1, 12, 4]), weights([1, 24])], attributes: { hidden_size: 4, linear_before_reset: 1, direction: 'reverse' }, outputs: 2 }],
  ],
}

beforeAll(async () => void (await loadBackend()))

describe.each(Object.entries(cases))('%s', (_, nodes) => {
  it.each(nodes)('gives the values of onnxruntime and the slope of finite differences: %s', async (_, node) => {
    const { expected, found } = await bothRun(node)
    for (const { outputs, slope, dispose, runner } of found) {
      expect(outputs.map((o) => o.shape)).toEqual(expected.map((o) => o.shape))
      outputs.forEach((output, i) => expectClose(output.data, expected[i]!.data))
      const { gradient, difference } = slope()
      expect(Math.abs(gradient - difference)).toBeLessThan(0.02 * Math.abs(difference) + 0.02)
      dispose()
      runner.dispose()
    }
  })
})

function expectClose(actual: number[], expected: number[]): void {
  expect(actual.length).toBe(expected.length)
  const scale = Math.max(...expected.map(Math.abs), 1e-6)
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)))
  expect(worst / scale).toBeLessThan(2e-5)
}
