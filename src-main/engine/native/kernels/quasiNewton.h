#pragma once

#include <cstddef>
#include <vector>

/** A step, and how the gradient changed by it. */
struct CurvaturePair {
  const float *step, *change;
};

/**
 * A gradient times the inverse Hessian that pairs make up, the oldest first: the two-loop recursion. Sums are in double precision and in one order,
 * whatever the number of threads.
 *
 * @param to  [length], the product
 */
void quasiNewton(size_t length, const float *slope, const std::vector<CurvaturePair> &pairs, float *to, int threads);
