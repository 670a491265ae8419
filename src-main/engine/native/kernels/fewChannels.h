#pragma once

/** A convolution of pictures of few channels, its padding included; square strides. */
struct FewChannels {
  int images, height, width, channels;
  int outHeight, outWidth, filters;
  int kernelHeight, kernelWidth, stride;
  /** Zeros before the first row and the first column. */
  int above, before;

  bool fits() const;
};

/**
 * The convolution; filters are multiples of eight.
 *
 * @param x       [images, height, width, channels]
 * @param filter  [kernelHeight, kernelWidth, channels, filters]
 * @param bias    [filters], or null
 * @param y       [images, outHeight, outWidth, filters]
 */
void fewChannelsConvolve(const FewChannels &size, const float *x, const float *filter, const float *bias, float *y, int threads);

/**
 * The transpose of the convolution.
 *
 * @param dy      [images, outHeight, outWidth, filters]
 * @param filter  [kernelHeight, kernelWidth, channels, filters]
 * @param dx      [images, height, width, channels]
 */
void fewChannelsGradient(const FewChannels &size, const float *dy, const float *filter, float *dx, int threads);
