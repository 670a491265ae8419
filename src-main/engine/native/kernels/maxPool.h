#pragma once

/** A pool over windows that may reach beyond the border, which counts as minus infinity. Channels are multiples of eight. */
struct MaxPool {
  int images, height, width, channels;
  int outHeight, outWidth;
  int windowHeight, windowWidth, strideDown, strideAcross;
  /** Places that the first window reaches beyond the border. */
  int above, before;

  bool fits() const;
};

/**
 * Gives each window's gradient to its first maximum, row by row.
 *
 * @param x   [images, height, width, channels]
 * @param dy  [images, outHeight, outWidth, channels]
 * @param dx  as x
 */
void maxPoolGradient(const MaxPool &size, const float *x, const float *dy, float *dx, int threads);
