import * as tf from '@tensorflow/tfjs-core'
import { affine, affineRelu } from '../../native/affineRelu.ts'
import { conv2d, conv2dRelu } from '../../native/convolution.ts'
import type { BiasedFilter } from '../../native/frozenConvolution.ts'
import { batchNormAffine, scaleOutputs, type BatchNormValues, type ChannelAffine } from '../batchNorm.ts'
import { frozenFilter } from '../frozenFilter.ts'
import type { Layer, Parts } from './architecture.ts'
import type { LayerOptions } from './biasedConvolution.ts'

type WeightParts = Pick<Parts, 'weights' | 'tensors'>

/** Names of a batch norm's weights, all of shape [channels]. */
export interface NormNames {
  /** Null where the norm has no scale: then it is 1. */
  gamma: string | null
  beta: string
  mean: string
  variance: string
}

/** A kernel, the batch norm after it, and the epsilon of that norm. */
export interface FoldedNames {
  kernel: string
  norm: NormNames
  epsilon: number
}

/** A convolution with the batch norm that follows it folded in, frozen. */
export function foldedConvolution(parts: WeightParts, names: FoldedNames, shape: readonly number[], options: LayerOptions): Layer {
  const { filter, bias } = foldedFilter(parts, names, shape)
  const convolve = options.relu ? conv2dRelu : conv2d
  return (x) => convolve(x, filter, options, bias())
}

/** Its weights. */
export function foldedFilter(parts: WeightParts, names: FoldedNames, shape: readonly number[]): BiasedFilter {
  const { makeKernel, bias } = foldedWeights(parts, names, shape, shape.at(-1)!)
  return { filter: frozenFilter(parts.tensors.lazily, shape, makeKernel), bias }
}

/**
 * What makes the kernel, and the bias, of a convolution with its batch norm folded in, computed in float64.
 *
 * @param shape     [h, w, in, out], or depthwise [h, w, channel, 1]
 * @param channels  of the result
 */
export function foldedWeights(
  parts: WeightParts,
  { kernel: name, norm, epsilon }: FoldedNames,
  shape: readonly number[],
  channels: number,
): Record<'makeKernel' | 'bias', () => tf.Tensor> {
  const kernel = parts.weights.weight(name, [...shape])
  const { scale, offset } = normAffine(parts, norm, channels, epsilon)
  return {
    makeKernel: () => tf.tensor(scaleOutputs(kernel(), scale), [...shape]),
    bias: parts.tensors.lazily(() => tf.tensor1d(Float32Array.from(offset))),
  }
}

/** The factor and offset of each channel that a batch norm comes to. */
export function normAffine({ weights }: Pick<Parts, 'weights'>, names: NormNames, channels: number, epsilon: number): ChannelAffine {
  const read = (name: string) => weights.weight(name, [channels])()
  const values: BatchNormValues = {
    gamma: names.gamma === null ? new Float32Array(channels).fill(1) : read(names.gamma),
    beta: read(names.beta),
    mean: read(names.mean),
    variance: read(names.variance),
  }
  return batchNormAffine(values, epsilon)
}

/** Apply a batch norm that cannot be folded: y = scale * x + offset, per channel. */
export function channelAffine(parts: Pick<Parts, 'tensors'>, values: ChannelAffine): Layer {
  const { factor, shift } = affineTensors(parts, values)
  return (x) => affine(x, factor(), shift())
}

/** The same, and an ordinary ReLU after it. */
export function channelAffineRelu(parts: Pick<Parts, 'tensors'>, values: ChannelAffine): Layer {
  const { factor, shift } = affineTensors(parts, values)
  return (x) => affineRelu(x, factor(), shift())
}

export function affineTensors({ tensors }: Pick<Parts, 'tensors'>, { scale, offset }: ChannelAffine): Record<'factor' | 'shift', () => tf.Tensor> {
  return {
    factor: tensors.lazily(() => tf.tensor1d(Float32Array.from(scale))),
    shift: tensors.lazily(() => tf.tensor1d(Float32Array.from(offset))),
  }
}
