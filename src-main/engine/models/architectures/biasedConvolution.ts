import * as tf from '@tensorflow/tfjs-core'
import { conv2d, conv2dRelu } from '../../native/convolution.ts'
import type { ConvolutionOptions } from '../../native/convolutionAttributes.ts'
import type { BiasedFilter } from '../../native/frozenConvolution.ts'
import { frozenFilter } from '../frozenFilter.ts'
import type { Layer, Parts } from './architecture.ts'

export interface LayerOptions extends ConvolutionOptions {
  /** Ends in an ordinary ReLU. */
  relu?: boolean
}

/** Names of a convolution's weights: kernel [h, w, in, out], bias [out]. */
interface Names {
  kernel: string
  bias: string
}

type WeightParts = Pick<Parts, 'weights' | 'tensors'>

/**
 * A convolution with a bias of its own, frozen.
 *
 * @param adapt  changes the kernel's values before use, for instance to fold in the batch norm before it
 */
export function biasedConvolution(parts: WeightParts, names: Names, shape: number[], options: LayerOptions, adapt?: (kernel: Float32Array) => Float32Array): Layer {
  const { filter, bias } = biasedFilter(parts, names, shape, adapt)
  const convolve = options.relu ? conv2dRelu : conv2d
  return (x) => convolve(x, filter, options, bias())
}

/** Its weights. */
export function biasedFilter({ weights, tensors }: WeightParts, names: Names, shape: number[], adapt = (kernel: Float32Array): Float32Array => kernel): BiasedFilter {
  const kernel = weights.weight(names.kernel, shape)
  const bias = weights.weight(names.bias, [shape.at(-1)!])
  return {
    filter: frozenFilter(tensors.lazily, shape, () => tf.tensor(adapt(kernel()), shape)),
    bias: tensors.lazily(() => tf.tensor1d(bias())),
  }
}
