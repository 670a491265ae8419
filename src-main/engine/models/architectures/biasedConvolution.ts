import * as tf from '@tensorflow/tfjs-core'
import { conv2d, conv2dRelu, type ConvolutionOptions } from '../../native/convolution.ts'
import { frozenFilter } from '../frozenFilter.ts'
import type { Layer, Parts } from './architecture.ts'

export interface LayerOptions extends ConvolutionOptions {
  /** Ends in an ordinary ReLU. */
  relu?: boolean
}

/**
 * A convolution with a bias of its own, frozen.
 *
 * @param names  of the weights: kernel [h, w, in, out], bias [out]
 * @param adapt  changes the kernel's values before use, for instance to fold in the batch norm before it
 */
export function biasedConvolution(
  { weights, tensors }: Pick<Parts, 'weights' | 'tensors'>,
  names: { kernel: string; bias: string },
  shape: number[],
  options: LayerOptions,
  adapt: (kernel: Float32Array) => Float32Array = (kernel) => kernel,
): Layer {
  const kernel = weights.weight(names.kernel, shape)
  const bias = weights.weight(names.bias, [shape.at(-1)!])
  const filter = frozenFilter(tensors.lazily, shape, () => tf.tensor(adapt(kernel()), shape))
  const biasTensor = tensors.lazily(() => tf.tensor1d(bias()))
  const convolve = options.relu ? conv2dRelu : conv2d
  return (x) => convolve(x, filter, options, biasTensor())
}
