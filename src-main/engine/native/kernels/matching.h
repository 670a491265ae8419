#pragma once

#include <cstddef>

/**
 * How far each signal's activations are from their target: half the sum of squared differences, added up in float64.
 *
 * @param activations, target, difference  [signals, length]
 * @param losses                           [signals]
 */
void matchingLosses(int signals, size_t length, const float *activations, const float *target, float *difference, float *losses, int threads);
