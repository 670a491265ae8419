#pragma once

#include <cstddef>

/** Where a rectifier ends on both sides; either may be infinite. */
struct Limits {
  float floor, ceiling;
};

/**
 * Scale and move each channel, then clip; in one pass over memory.
 *
 * @param x       [places, channels]
 * @param scale   [channels], or null: 1
 * @param offset  [channels], or null: 0
 */
void affineRelu(size_t places, int channels, const Limits &limits, const float *x, const float *scale, const float *offset, float *y, int threads);

/** dx = dy * scale where y lies between the limits, else 0; plus `added`, of the same shape, unless it is null. */
void affineReluGradient(size_t places, int channels, const Limits &limits, const float *dy, const float *y, const float *scale, const float *added, float *dx, int threads);
