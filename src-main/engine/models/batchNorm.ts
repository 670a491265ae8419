/** Batch norm at inference: y = scale * x + offset, per channel, in float64. */
export interface ChannelAffine {
  scale: Float64Array
  offset: Float64Array
}

export interface BatchNormValues {
  gamma: Float32Array
  beta: Float32Array
  mean: Float32Array
  variance: Float32Array
}

/** @param epsilon  added to the variance before the root, so that channels of variance 0 stay finite */
export function batchNormAffine({ gamma, beta, mean, variance }: BatchNormValues, epsilon: number): ChannelAffine {
  const scale = Float64Array.from(gamma, (g, i) => g / Math.sqrt(variance[i]! + epsilon))
  const offset = Float64Array.from(beta, (b, i) => b - mean[i]! * scale[i]!)
  return { scale, offset }
}

/**
 * Fold the scale of a batch norm that follows a convolution into its kernel. Its offset becomes the bias.
 *
 * @param kernel  [h, w, in, out], or depthwise [h, w, channel, 1]: the channels of the result vary fastest
 */
export function scaleOutputs(kernel: Float32Array, scale: Float64Array): Float32Array {
  return kernel.map((value, i) => value * scale[i % scale.length]!)
}

/**
 * Fold the scale of a batch norm that precedes a convolution into its kernel; exact at a border of zeros, too.
 * (Its offset could not be folded there: it is absent from the border.)
 *
 * @param kernel  [h, w, in, out]
 */
export function scaleInputs(kernel: Float32Array, scale: Float64Array, outputs: number): Float32Array {
  return kernel.map((value, i) => value * scale[Math.floor(i / outputs) % scale.length]!)
}
