#include "spectrum.h"

#include <cmath>

namespace {

/** exp(-2 pi i n / 8) for n from 0 to 7. */
Complex eighth(int n) {
  const double angle = -M_PI * n / 4;
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

/** exp(-2 pi i j q / 8), lane j. */
ComplexLanes turns(int q) {
  ComplexLanes w;
  for (int j = 0; j < kLanes; j++) {
    const Complex one = eighth(j * q % kLanes);
    w.re[j] = one.re;
    w.im[j] = one.im;
  }
  return w;
}

ComplexLanes product(const ComplexLanes &a, const ComplexLanes &b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

ComplexLanes conjugate(const ComplexLanes &a) { return {a.re, -a.im}; }

float sum(const Lanes &a) { return ((a[0] + a[4]) + (a[1] + a[5])) + ((a[2] + a[6]) + (a[3] + a[7])); }

}  // namespace

Spectrum::Spectrum(int samples) : samples_(samples), part_(samples / kLanes), twiddles_(samples / kLanes) {
  for (int k = 0; k < part_.length(); k++) {
    for (int j = 0; j < kLanes; j++) {
      const double angle = -2 * M_PI * j * k / samples;
      twiddles_[k].re[j] = static_cast<float>(std::cos(angle));
      twiddles_[k].im[j] = static_cast<float>(std::sin(angle));
    }
  }
}

void Spectrum::forward(const float *wave, Complex *out) const {
  const int n = part_.length();
  std::vector<ComplexLanes> x(n), spare(n);
  for (int m = 0; m < n; m++) {
    for (int j = 0; j < kLanes; j++) x[m].re[j] = wave[kLanes * m + j];
    x[m].im = Lanes{};
  }
  const ComplexLanes *parts = part_.run(Direction::forward, x.data(), spare.data());
  ComplexLanes turn[kLanes];
  for (int q = 0; q < kLanes; q++) turn[q] = turns(q);
  for (int k = 0; k < n; k++) {
    const ComplexLanes part = product(parts[k], twiddles_[k]);
    for (int q = 0; k + q * n < bins(); q++) {
      const ComplexLanes terms = product(part, turn[q]);
      out[k + q * n] = {sum(terms.re), sum(terms.im)};
    }
  }
}

void Spectrum::transpose(const Complex *spectrum, float *wave) const {
  const int n = part_.length();
  std::vector<ComplexLanes> x(n), spare(n);
  ComplexLanes turn[kLanes];
  for (int q = 0; q < kLanes; q++) turn[q] = conjugate(turns(q));
  for (int k = 0; k < n; k++) {
    ComplexLanes total{};
    for (int q = 0; k + q * n < bins(); q++) total = total + turn[q] * spectrum[k + q * n];
    x[k] = product(total, conjugate(twiddles_[k]));
  }
  const ComplexLanes *parts = part_.run(Direction::inverse, x.data(), spare.data());
  for (int m = 0; m < n; m++) {
    for (int j = 0; j < kLanes; j++) wave[kLanes * m + j] = parts[m].re[j];
  }
}
