#pragma once

#include <cstddef>

#include "wide.h"

/** A convolution by 1x1 or 3x3 places at stride 1, with `pad` zeros on all four sides. */
struct FrozenConvolution {
  int images, height, width, channels;
  int side, filters, pad;

  int outHeight() const { return height + 2 * pad - side + 1; }
  int outWidth() const { return width + 2 * pad - side + 1; }
  bool fits() const;
};

/** What may be done on the way; each may be null. */
struct Around {
  /** [filters], added to every place of the result. */
  const float *bias;
  /** Of the input's shape: where it is not above zero, the input counts as zero. */
  const float *open;
  /** Of the result's shape, added to it. */
  const float *added;
  /** Negative results become zero. */
  bool rectify;

  /** Put results for the columns of a place that begins at `place` where they belong. */
  template <int W>
  void finish(float *y, size_t place, int column, typename Wide<W>::Floats value) const {
    using L = Wide<W>;
    if (bias) value += L::load(bias + column);
    if (added) value += L::load(added + place + column);
    L::store(y + place + column, rectify ? L::relu(value) : value);
  }
};

/** Floats of a packed filter: a 3x3 one is kept as Winograd's 16 products need it. */
size_t packedLength(int side, int channels, int filters);

/**
 * Pack a filter once for many convolutions.
 *
 * @param filter      [side, side, channels, filters]
 * @param transposed  for the transpose of the convolution, which is one of `filters` channels and `channels` filters
 */
void packFilter(int side, int channels, int filters, bool transposed, const float *filter, float *packed);

/**
 * @param x  [images, height, width, channels]
 * @param y  [images, outHeight, outWidth, filters]
 */
void convolveFrozen(const FrozenConvolution &size, const float *x, const float *packed, const Around &around, float *y, int threads);
