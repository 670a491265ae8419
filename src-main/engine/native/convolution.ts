import * as tf from '@tensorflow/tfjs-core'
import { affineRelu } from './affineRelu.ts'
import { convolutionAttributes, fullConvolutionAttributes, type ConvolutionOptions } from './convolutionAttributes.ts'
import { customGradient } from './customGradient.ts'
import { fewChannelsConvolution, fewChannelsGradient, kernelsTakeFewChannels } from './fewChannels.ts'
import { convolveFrozen, kernelsConvolve, type FrozenFilter } from './frozenConvolution.ts'
import { product } from './matMul.ts'
import { oneChannelGradient } from './oneChannelGradient.ts'
import { oneChannelStridedGradient } from './oneChannelStridedGradient.ts'
import { attribute, isNative, runOp } from './tensorflow.ts'

/**
 * Convolve with frozen weights.
 *
 * @param x       float32 [batch, height, width, channels]
 * @param given   float32 [height, width, channels, filters], or that of a network, which compiled kernels may take
 * @param bias    float32 [filters], added to every place
 * @returns       float32 [batch, height', width', filters]; the caller disposes it
 * @gradient with respect to x only
 */
export function conv2d(x: tf.Tensor, given: tf.Tensor | FrozenFilter, options: ConvolutionOptions, bias?: tf.Tensor): tf.Tensor {
  if (isFrozen(given) && kernelsConvolve(given, options)) return convolveFrozen(x, given, options, { bias, relu: false })
  const filter = isFrozen(given) ? given.values() : given
  return isNative() ? conv2dNative(x, filter, options, bias) : conv2dPlain(x, filter, options, bias)
}

/** A convolution, its bias and an ordinary ReLU; as `conv2d`. */
export function conv2dRelu(x: tf.Tensor, filter: tf.Tensor | FrozenFilter, options: ConvolutionOptions, bias: tf.Tensor): tf.Tensor {
  if (isFrozen(filter) && kernelsConvolve(filter, options)) return convolveFrozen(x, filter, options, { bias, relu: true })
  const linear = conv2d(x, filter, options)
  const y = affineRelu(linear, null, bias)
  // No gradient needs it, and a first layer's is large.
  linear.dispose()
  return y
}

function isFrozen(filter: tf.Tensor | FrozenFilter): filter is FrozenFilter {
  return 'packed' in filter
}

/**
 * Convolve each channel with filters of its own, weights frozen.
 *
 * @param x       float32 [batch, height, width, channels]
 * @param filter  float32 [height, width, channels, multiplier]
 * @returns       float32 [batch, height', width', channels * multiplier]; the caller disposes it
 * @gradient with respect to x only
 */
export function depthwiseConv2d(x: tf.Tensor, filter: tf.Tensor, options: ConvolutionOptions): tf.Tensor {
  if (options.strides[0] !== options.strides[1]) return depthwiseUnequalStrides(x, filter, options)
  return isNative() ? depthwiseConv2dNative(x, filter, options) : depthwiseConv2dPlain(x, filter, options)
}

export function conv2dNative(x: tf.Tensor, filter: tf.Tensor, options: ConvolutionOptions, bias?: tf.Tensor): tf.Tensor {
  const attributes = fullConvolutionAttributes(options.strides, namedPadding(options))
  return withFrozenFilter(x, filter, (input) => {
    if (kernelsTakeFewChannels(filter, options.strides)) return fewChannelsConvolution(input, filter, options.strides[0], options.padding, bias)
    const y = runOp('Conv2D', attributes, input, filter)
    return bias ? runOp('BiasAdd', [attribute.float32(), attribute.text('data_format', 'NHWC')], y, bias) : y
  }, (dy, weights) => {
    if (isPointwise(filter, options)) return pointwiseGradient(dy, weights, shape4(x))
    if (filter.shape[2] === 1 && options.padding === 'same') return oneChannelSameGradient(dy, weights, shape4(x), options.strides)
    if (kernelsTakeFewChannels(filter, options.strides)) return fewChannelsGradient(dy, weights, x.shape, options.strides[0], options.padding)
    return runOp('Conv2DBackpropInput', attributes, tf.tensor1d(x.shape, 'int32'), weights, dy)
  })
}

function isPointwise({ shape }: tf.Tensor, { strides }: ConvolutionOptions): boolean {
  return [shape[0], shape[1], ...strides].every((n) => n === 1)
}

/** Of 1x1 convolutions the gradient is a matrix product, in half to three quarters of the time that Conv2DBackpropInput takes. */
function pointwiseGradient(dy: tf.Tensor, filter: tf.Tensor, shape: number[]): tf.Tensor {
  const [, , channels, filters] = shape4(filter)
  return tf.reshape(product(tf.reshape(dy, [-1, filters]), tf.reshape(filter, [channels, filters]), { transposeB: true }), shape)
}

/** Transpose of a SAME convolution that takes one channel. Native only, not recorded for differentiation. */
export function oneChannelSameGradient(dy: tf.Tensor, filter: tf.Tensor, [, height, width]: number[], strides: readonly [number, number]): tf.Tensor {
  const everyPlace = strides[0] === 1 && strides[1] === 1
  return everyPlace ? oneChannelGradient(dy, filter) : oneChannelStridedGradient(dy, filter, [height!, width!], strides)
}

export function conv2dPlain(x: tf.Tensor, filter: tf.Tensor, { strides, padding }: ConvolutionOptions, bias?: tf.Tensor): tf.Tensor {
  return withFrozenFilter(x, filter, (input) => {
    const y = tf.conv2d(input as tf.Tensor4D, filter as tf.Tensor4D, [...strides], padding)
    return bias ? tf.add(y, bias) : y
  }, (dy, weights) => tf.conv2dTranspose(dy as tf.Tensor4D, weights as tf.Tensor4D, shape4(x), [...strides], padding))
}

export function depthwiseConv2dNative(x: tf.Tensor, filter: tf.Tensor, options: ConvolutionOptions): tf.Tensor {
  const attributes = convolutionAttributes(options.strides, namedPadding(options))
  return withFrozenFilter(
    x, filter,
    (input) => runOp('DepthwiseConv2dNative', attributes, input, filter),
    (dy, weights) => runOp('DepthwiseConv2dNativeBackpropInput', attributes, tf.tensor1d(x.shape, 'int32'), weights, dy),
  )
}

/** TensorFlow has this kernel for processors with AVX-512 only: elsewhere every place is computed and some are taken. */
function depthwiseUnequalStrides(x: tf.Tensor, filter: tf.Tensor, options: ConvolutionOptions): tf.Tensor {
  const { padInfo, outHeight, outWidth } = depthwiseInfo(shape4(x), shape4(filter), options)
  const [down, across] = options.strides
  return withFrozenFilter(x, filter, (input) => {
    const padded = tf.pad(input as tf.Tensor4D, [[0, 0], [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right], [0, 0]])
    const everywhere = tf.depthwiseConv2d(padded, filter as tf.Tensor4D, 1, 'valid')
    const [batch, , , channels] = shape4(everywhere)
    return tf.stridedSlice(everywhere, [0, 0, 0, 0], [batch, (outHeight - 1) * down + 1, (outWidth - 1) * across + 1, channels], [1, down, across, 1])
  }, (dy, weights) => depthwiseGradient(dy, weights, shape4(x), options))
}

export function depthwiseConv2dPlain(x: tf.Tensor, filter: tf.Tensor, options: ConvolutionOptions): tf.Tensor {
  return withFrozenFilter(
    x, filter,
    (input) => tf.depthwiseConv2d(input as tf.Tensor4D, filter as tf.Tensor4D, [...options.strides], options.padding),
    (dy, weights) => depthwiseGradient(dy, weights, shape4(x), options),
  )
}

/** Differentiate with respect to x alone. The filter is held until the gradient is taken, even if a tidy frees it. */
function withFrozenFilter(
  x: tf.Tensor,
  filter: tf.Tensor,
  forward: (x: tf.Tensor) => tf.Tensor,
  backward: (dy: tf.Tensor, filter: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return customGradient(x, (input, save) => {
    save([filter])
    return { value: forward(input), gradFunc: (dy, [weights]) => backward(dy, weights!) }
  })
}

/**
 * Transpose of the depthwise convolution, as a convolution itself: WebAssembly has no kernel for it.
 * Zeros are put between the values of dy (one stride apart), and the filter is turned round.
 */
function depthwiseGradient(
  dy: tf.Tensor,
  filter: tf.Tensor,
  shape: [number, number, number, number],
  options: ConvolutionOptions,
): tf.Tensor {
  const [batch, height, width, channels] = shape
  const [filterHeight, filterWidth, , multiplier] = shape4(filter)
  const info = depthwiseInfo(shape, shape4(filter), options)
  const spread = spreadOut(dy, options.strides)
  const [, spreadHeight, spreadWidth] = shape4(spread)
  const top = filterHeight - 1 - info.padInfo.top
  const left = filterWidth - 1 - info.padInfo.left
  const padded = tf.pad(spread as tf.Tensor4D, [
    [0, 0],
    [top, height + filterHeight - 1 - top - spreadHeight],
    [left, width + filterWidth - 1 - left - spreadWidth],
    [0, 0],
  ])
  const turned = tf.reshape(tf.reverse(filter, [0, 1]), [filterHeight, filterWidth, channels * multiplier, 1])
  const perFilter = tf.depthwiseConv2d(padded, turned as tf.Tensor4D, 1, 'valid')
  return tf.sum(tf.reshape(perFilter, [batch, height, width, channels, multiplier]), 4)
}

function depthwiseInfo(input: [number, number, number, number], filter: [number, number, number, number], { strides, padding }: ConvolutionOptions) {
  return tf.backend_util.computeConv2DInfo(input, filter, [...strides], 1, padding, undefined, true)
}

/** Put stride - 1 zeros between neighbours: [batch, h, w, c] to [batch, (h-1)*sh+1, (w-1)*sw+1, c]. */
function spreadOut(x: tf.Tensor, [down, across]: readonly [number, number]): tf.Tensor {
  const [batch, height, width, channels] = shape4(x)
  const wide = tf.pad(tf.reshape(x, [batch * height, width, 1, channels]), [[0, 0], [0, 0], [0, across - 1], [0, 0]])
  const tall = tf.pad(tf.reshape(wide, [batch, height, 1, width * across * channels]), [[0, 0], [0, 0], [0, down - 1], [0, 0]])
  return tf.slice(
    tf.reshape(tall, [batch, height * down, width * across, channels]),
    [0, 0, 0, 0],
    [batch, (height - 1) * down + 1, (width - 1) * across + 1, channels],
  )
}

function namedPadding({ padding }: ConvolutionOptions): 'SAME' | 'VALID' {
  return padding === 'same' ? 'SAME' : 'VALID'
}

function shape4(x: tf.Tensor): [number, number, number, number] {
  return x.shape as [number, number, number, number]
}
