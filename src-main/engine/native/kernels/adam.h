#pragma once

#include <cstddef>

struct AdamRates {
  /** How far the moments go towards a gradient and its square: one less the usual betas. */
  float towardsM, towardsV, epsilon;
  /** Learning rate, with the correction of both moments in it. */
  float step;
  /** The signal is clipped to these; infinite: free. */
  float low, high;
};

/** A signal and its two moments. */
struct AdamValues {
  float *signal, *m, *v;
};

/**
 * One update of Adam from `before` to `after`, and clipping; epsilon is added to the root of the uncorrected second moment.
 *
 * @returns whether the square of the gradient was finite throughout; if not, `after` is of no use
 */
bool adamUpdate(const AdamRates &rates, size_t length, const float *gradient, const AdamValues &before, const AdamValues &after, int threads);
