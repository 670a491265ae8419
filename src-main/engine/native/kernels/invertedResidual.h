#pragma once

#include <cstdint>
#include <vector>

/** Sizes of an inverted residual block; SAME padding as TensorFlow has it. Channels are multiples of eight. */
struct BlockSize {
  int images, height, width, input, wide, output;
  int kernel, stride;
  /** Whether a 1x1 convolution with ReLU6 widens first, and whether the input is added at the end. */
  bool expands, skips;

  int outHeight() const { return (height + stride - 1) / stride; }
  int outWidth() const { return (width + stride - 1) / stride; }
};

/** Row-major, [inputs, outputs] of 1x1 convolutions, [kernel, kernel, wide] of the filters. */
struct BlockWeights {
  const float *expand, *expandBias, *depthwise, *depthwiseBias, *project, *projectBias;
};

/**
 * Widen and ReLU6, filter each channel and ReLU6, narrow; what is between lies in a space that stays in the processor's cache.
 *
 * @param x           [images, height, width, input]
 * @param y           [images, outHeight, outWidth, output]
 * @param openExpand  booleans [images, height, width, wide]: where the first ReLU6 lets a gradient through
 * @param openFilter  booleans [images, outHeight, outWidth, wide]: where the second does
 */
void blockForward(const BlockSize &size, const BlockWeights &weights, const float *x, float *y, uint8_t *openExpand, uint8_t *openFilter, int threads);

/** Weights of the 1x1 convolutions transposed; biases are not needed. dx has the shape of x. */
void blockGradient(const BlockSize &size, const BlockWeights &transposed, const float *dy, const uint8_t *openExpand, const uint8_t *openFilter, float *dx, int threads);
