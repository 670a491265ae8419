import { expect, it } from 'vitest'
import { asItIs, convolution, denseAsConvolution, depthwise, fromLayout, linear, linearAfterConvolution } from '../../../../../src-main/engine/models/importing/layouts.ts'

const counted = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
})

it('a convolution of PyTorch is moved from [out, in, h, w] to [h, w, in, out]', () => {
  // Value at (o, i, h, w) is ((o*3 + i)*1 + h)*2 + w; at [0, w, i, o] of the result therefore 6o + 2i + w.
  expect(convolution.sourceShape([1, 2, 3, 2])).toEqual([2, 3, 1, 2])
  expect([...fromLayout(convolution, [1, 2, 3, 2], counted(2, 3, 1, 2))]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
})

it('a depthwise kernel is moved from [channel, 1, h, w] to [h, w, channel, 1]', () => {
  expect(depthwise.sourceShape([2, 1, 2, 1])).toEqual([2, 1, 2, 1])
  expect([...fromLayout(depthwise, [2, 1, 2, 1], counted(2, 1, 2, 1))]).toEqual([0, 2, 1, 3])
})

it('a linear layer is turned from [out, in] to [in, out]', () => {
  expect(linear.sourceShape([3, 2])).toEqual([2, 3])
  expect([...fromLayout(linear, [3, 2], counted(2, 3))]).toEqual([0, 3, 1, 4, 2, 5])
})

it('a dense layer after a flattened convolution takes its inputs by row, column and channel', () => {
  // Two outputs, three channels, 1 x 2 pixels. Value at (o, c, w) is 6o + 2c + w; at [(w, c), o] of the result therefore the same.
  const layout = linearAfterConvolution(1, 2)
  expect(layout.sourceShape([6, 2])).toEqual([2, 6])
  expect([...fromLayout(layout, [6, 2], counted(2, 6))]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
})

it('a dense layer written as a convolution has its values in order already', () => {
  expect(denseAsConvolution(7, 7).sourceShape([25088, 4096])).toEqual([7, 7, 512, 4096])
  const array = counted(1, 1, 2, 3)
  expect(fromLayout(denseAsConvolution(1, 1), [2, 3], array)).toBe(array.data)
  expect(fromLayout(asItIs, [6], array)).toBe(array.data)
})
