import * as tf from '@tensorflow/tfjs-core'
import type { ConvolutionOptions } from './convolutionAttributes.ts'
import { customGradient } from './customGradient.ts'
import { kernelThreads } from './kernels.ts'
import { integerAttributes, runOp, type OpAttribute } from './tensorflow.ts'

/** A filter that never changes, also as the compiled kernels read it. Every form is made when first asked for and kept by whoever made this. */
export interface FrozenFilter {
  /** [height, width, channels, filters] */
  shape: readonly number[]
  /** float32 of that shape */
  values: () => tf.Tensor
  /** As `packFilter` gives it: for the convolution, and for its transpose. */
  packed: () => tf.Tensor
  packedTransposed: () => tf.Tensor
}

/** A filter and what is added to every place. */
export interface BiasedFilter {
  filter: FrozenFilter
  /** float32 [filters] */
  bias: () => tf.Tensor
}

/** What follows the convolution. */
interface Ending {
  bias?: tf.Tensor
  /** An ordinary ReLU. */
  relu: boolean
}

/** Options of `MetamerLabFrozenConvolution`. */
interface Sizes {
  side: number
  filters: number
  pad: number
  relu: boolean
}

/** Whether the kernels of this process take such a convolution: 1x1 or 3x3 at stride 1, of multiples of eight channels and filters, 16 at least. */
export function kernelsConvolve({ shape }: Pick<FrozenFilter, 'shape'>, { strides }: ConvolutionOptions): boolean {
  if (kernelThreads() === null) return false
  const [height, width, ...sizes] = shape as [number, number, number, number]
  return height === width && (height === 1 || height === 3) && strides.every((n) => n === 1) && sizes.every((n) => n >= 16 && n % 8 === 0)
}

/**
 * The filter in the order in which a matrix product reads it; a 3x3 one transformed for Winograd's 16 products.
 *
 * @param filter      float32 [side, side, channels, filters]; side 1 or 3, the others multiples of eight
 * @param transposed  for the transpose of the convolution
 * @returns           float32 [length]; the caller disposes it
 */
export function packFilter(filter: tf.Tensor, transposed: boolean): tf.Tensor {
  return runOp('MetamerLabPackFilter', integerAttributes({ transposed: Number(transposed) }), filter)
}

/**
 * Convolve with a frozen filter where `kernelsConvolve`. Of 3x3 filters Winograd's form is computed, in four ninths of the multiplications and
 * with the same error as the sum of nine to within a factor of two.
 *
 * @param x   float32 [batch, height, width, channels]
 * @returns   float32 [batch, height', width', filters]; the caller disposes it
 * @gradient  with respect to x only
 * @source    Lavin & Gray 2016, F(2x2, 3x3)
 */
export function convolveFrozen(x: tf.Tensor, filter: FrozenFilter, options: ConvolutionOptions, { bias, relu }: Ending): tf.Tensor {
  const { forward, backward } = passes(filter, options, relu)
  return customGradient(x, (input, save) => {
    const y = forward(input, bias)
    save(relu ? [y] : [])
    return { value: y, gradFunc: (dy, [open]) => backward(dy, open) }
  })
}

/** A convolution's value and its gradient, not recorded for differentiation: for who takes several at once. */
export function passes(filter: FrozenFilter, { padding }: Pick<ConvolutionOptions, 'padding'>, relu: boolean) {
  const [side, , channels, filters] = filter.shape as [number, number, number, number]
  const pad = padding === 'same' ? (side - 1) / 2 : 0
  return {
    forward: (x: tf.Tensor, bias?: tf.Tensor, added?: tf.Tensor): tf.Tensor => {
      const none = tf.zeros([0])
      return runOp('MetamerLabFrozenConvolution', attributes({ side, filters, pad, relu }), x, filter.packed(), bias ?? none, none, added ?? none)
    },
    /** @param open  where it is not above zero, dy counts as zero */
    backward: (dy: tf.Tensor, open?: tf.Tensor): tf.Tensor => {
      const none = tf.zeros([0])
      const sizes = { side, filters: channels, pad: side - 1 - pad, relu: false }
      return runOp('MetamerLabFrozenConvolution', attributes(sizes), dy, filter.packedTransposed(), none, open ?? none, none)
    },
  }
}

function attributes({ side, filters, pad, relu }: Sizes): OpAttribute[] {
  return integerAttributes({ threads: kernelThreads()!, side, filters, pad, rectify: Number(relu) })
}
