import { expect, it } from 'vitest'
import { toTensorflowLayout } from '../../../src-main/weights/tensorflowLayout.ts'

const counted = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
})

it('toTensorflowLayout moves a convolution from [out, in, h, w] to [h, w, in, out]', () => {
  // Value at (o, i, h, w) is ((o*3 + i)*1 + h)*2 + w; at [0, w, i, o] of the result therefore 6o + 2i + w.
  const { shape, data } = toTensorflowLayout('conv', counted(2, 3, 1, 2))
  expect(shape).toEqual([1, 2, 3, 2])
  expect([...data]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
})

it('toTensorflowLayout moves a depthwise kernel from [channel, 1, h, w] to [h, w, channel, 1]', () => {
  const { shape, data } = toTensorflowLayout('_depthwise_conv.weight', counted(2, 1, 2, 1))
  expect(shape).toEqual([2, 1, 2, 1])
  expect([...data]).toEqual([0, 2, 1, 3])
})

it('toTensorflowLayout turns a linear layer from [out, in] to [in, out] and leaves a vector alone', () => {
  expect([...toTensorflowLayout('fc', counted(2, 3)).data]).toEqual([0, 3, 1, 4, 2, 5])
  expect([...toTensorflowLayout('bias', counted(3)).data]).toEqual([0, 1, 2])
})
