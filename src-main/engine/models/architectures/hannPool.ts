import * as tf from '@tensorflow/tfjs-core'
import { depthwiseConv2d } from '../../native/convolution.ts'
import type { LazyTensors } from '../lazyTensors.ts'
import type { Layer } from './architecture.ts'

/**
 * The two-dimensional Hann window of a pool: outer product of w[i] = 0.5 (1 - cos(2 pi i / (size - 1))), both ends 0.
 *
 * @param size        points along each side
 * @param normalised  divided by its sum
 * @returns           [size, size], row-major
 * @source authors' 2019 code, hann_pooling
 */
export function hannKernel(size: number, normalised: boolean): Float64Array {
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 * (1 - Math.cos((2 * Math.PI * i) / (size - 1))))
  const sum = normalised ? window.reduce((a, b) => a + b) : 1
  return Float64Array.from({ length: size * size }, (_, i) => (window[Math.floor(i / size)]! * window[i % size]!) / sum ** 2)
}

/**
 * Pool by Hann-weighted averages, four strides wide: little is left of the frequencies that the stride would alias.
 * The window is normalised: whether the published networks' was, is not known, and the next batch norm absorbs its scale.
 *
 * @param stride  the same along both axes
 */
export function hannPool(tensors: LazyTensors, stride: number, channels: number): Layer {
  const filter = tensors.lazily(() => hannFilter(stride, channels))
  return (x) => depthwiseConv2d(x, filter(), { strides: [stride, stride], padding: 'same' })
}

/** The window as the filter of a depthwise convolution: [size, size, channels, 1]. */
export function hannFilter(stride: number, channels: number): tf.Tensor {
  // The window's ends are 0: without them SAME padding lies the same, and a third of the work is saved.
  const size = 4 * stride - 2
  return tf.tensor(perChannel(withoutBorder(hannKernel(4 * stride, true)), channels), [size, size, channels, 1])
}

function withoutBorder(kernel: Float64Array): Float64Array {
  const size = Math.sqrt(kernel.length)
  const inner = size - 2
  return Float64Array.from({ length: inner * inner }, (_, i) => kernel[(Math.floor(i / inner) + 1) * size + (i % inner) + 1]!)
}

function perChannel(kernel: Float64Array, channels: number): Float32Array {
  return Float32Array.from({ length: kernel.length * channels }, (_, i) => kernel[Math.floor(i / channels)]!)
}
