#pragma once

#include <memory>
#include <vector>

#include "fourier.h"

/** Half spectrum of one real sound, whose length is eight times a product of twos, threes and fives: every eighth sample is a lane. */
class Spectrum {
 public:
  explicit Spectrum(int samples);
  int bins() const { return samples_ / 2 + 1; }

  /** @param out [bins] */
  void forward(const float *wave, Complex *out) const;
  /** Real part of the sum over the bins of spectrum[k] exp(2 pi i k n / samples): the transpose of `forward`. */
  void transpose(const Complex *spectrum, float *wave) const;

 private:
  int samples_;
  Fourier part_;
  /** exp(-2 pi i j k / samples), lane j. */
  std::vector<ComplexLanes> twiddles_;
};
