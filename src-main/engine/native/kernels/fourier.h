#pragma once

#include <vector>

#include "lanes.h"

enum class Direction { forward, inverse };

/**
 * Fourier transform of eight signals of one length at once, a product of twos, threes and fives. Not divided by the length.
 *
 * Stockham's form: each pass takes one factor and leaves its results in order.
 * Source: T. G. Stockham, High-speed convolution and correlation, AFIPS 1966; C. Van Loan, Computational Frameworks for the FFT, 1.7.
 */
class Fourier {
 public:
  explicit Fourier(int length);
  int length() const { return length_; }
  static bool can(int length);

  /** @returns where the result is: `x` or `spare`, both of `length` */
  ComplexLanes *run(Direction direction, ComplexLanes *x, ComplexLanes *spare) const;

 private:
  struct Pass {
    int radix, parts, stride;
    /** exp(-2 pi i p k / (radix parts)) for each p, k from 1. */
    std::vector<Complex> twiddles;
  };
  int length_;
  std::vector<Pass> passes_;

  template <bool kInverse>
  ComplexLanes *runAll(ComplexLanes *x, ComplexLanes *spare) const;
};
