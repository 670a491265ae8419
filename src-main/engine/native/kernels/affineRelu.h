#pragma once

#include <cstddef>

/**
 * Scale and move each channel, then rectify and clip at a ceiling, which may be infinite; in one pass over memory.
 *
 * @param x      [places, channels]
 * @param scale  [channels], or null: 1
 */
void affineRelu(size_t places, int channels, float ceiling, const float *x, const float *scale, const float *offset, float *y, int threads);

/** dx = dy * scale where y lies between 0 and the ceiling. */
void affineReluGradient(size_t places, int channels, float ceiling, const float *dy, const float *y, const float *scale, float *dx, int threads);
