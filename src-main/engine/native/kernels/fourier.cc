#include "fourier.h"

#include <cmath>
#include <utility>

namespace {

/** a times i, or times -i. */
template <bool kInverse>
inline ComplexLanes turned(const ComplexLanes &a) {
  return kInverse ? ComplexLanes{-a.im, a.re} : ComplexLanes{a.im, -a.re};
}

template <bool kInverse>
inline Complex directed(const Complex &w) {
  return kInverse ? Complex{w.re, -w.im} : w;
}

template <bool kInverse>
inline void transform2(ComplexLanes *a) {
  const ComplexLanes sum = a[0] + a[1];
  a[1] = a[0] - a[1];
  a[0] = sum;
}

template <bool kInverse>
inline void transform3(ComplexLanes *a) {
  constexpr float kSin = 0.866025403784438647f;
  const ComplexLanes sum = a[1] + a[2];
  const ComplexLanes side = turned<kInverse>(a[1] - a[2]) * kSin;
  const ComplexLanes middle = a[0] - sum * 0.5f;
  a[0] = a[0] + sum;
  a[1] = middle + side;
  a[2] = middle - side;
}

template <bool kInverse>
inline void transform4(ComplexLanes *a) {
  const ComplexLanes even = a[0] + a[2], evenSide = a[0] - a[2];
  const ComplexLanes odd = a[1] + a[3], oddSide = turned<kInverse>(a[1] - a[3]);
  a[0] = even + odd;
  a[1] = evenSide + oddSide;
  a[2] = even - odd;
  a[3] = evenSide - oddSide;
}

template <bool kInverse>
inline void transform5(ComplexLanes *a) {
  constexpr float kCos1 = 0.309016994374947424f, kSin1 = 0.951056516295153572f;
  constexpr float kCos2 = -0.809016994374947424f, kSin2 = 0.587785252292473129f;
  const ComplexLanes outer = a[1] + a[4], outerSide = turned<kInverse>(a[1] - a[4]);
  const ComplexLanes inner = a[2] + a[3], innerSide = turned<kInverse>(a[2] - a[3]);
  const ComplexLanes first = a[0] + outer * kCos1 + inner * kCos2;
  const ComplexLanes second = a[0] + outer * kCos2 + inner * kCos1;
  const ComplexLanes firstSide = outerSide * kSin1 + innerSide * kSin2;
  const ComplexLanes secondSide = outerSide * kSin2 - innerSide * kSin1;
  a[0] = a[0] + outer + inner;
  a[1] = first + firstSide;
  a[2] = second + secondSide;
  a[3] = second - secondSide;
  a[4] = first - firstSide;
}

template <int kRadix, bool kInverse>
inline void transform(ComplexLanes *a) {
  if constexpr (kRadix == 2) transform2<kInverse>(a);
  if constexpr (kRadix == 3) transform3<kInverse>(a);
  if constexpr (kRadix == 4) transform4<kInverse>(a);
  if constexpr (kRadix == 5) transform5<kInverse>(a);
}

/** y[q + stride (radix p + k)] = w^pk times the k-th value of the transform of x[q + stride (p + parts j)] over j. */
template <int kRadix, bool kInverse>
void pass(int parts, int stride, const Complex *twiddles, const ComplexLanes *x, ComplexLanes *y) {
  for (int p = 0; p < parts; p++) {
    Complex w[kRadix];
    for (int k = 1; k < kRadix; k++) w[k] = directed<kInverse>(twiddles[p * (kRadix - 1) + k - 1]);
    for (int q = 0; q < stride; q++) {
      ComplexLanes a[kRadix];
      for (int j = 0; j < kRadix; j++) a[j] = x[q + stride * (p + parts * j)];
      transform<kRadix, kInverse>(a);
      ComplexLanes *out = y + q + stride * kRadix * p;
      out[0] = a[0];
      for (int k = 1; k < kRadix; k++) out[stride * k] = a[k] * w[k];
    }
  }
}

/** Factors of a length, or nothing where it has others than 2, 3 and 5. */
std::vector<int> factorsOf(int length) {
  std::vector<int> factors;
  for (int radix : {4, 2, 3, 5}) {
    for (; length % radix == 0; length /= radix) factors.push_back(radix);
  }
  return length == 1 ? factors : std::vector<int>();
}

}  // namespace

bool Fourier::can(int length) { return length > 1 && !factorsOf(length).empty(); }

Fourier::Fourier(int length) : length_(length) {
  int rest = length, stride = 1;
  for (int radix : factorsOf(length)) {
    Pass next{radix, rest / radix, stride, {}};
    for (int p = 0; p < next.parts; p++) {
      for (int k = 1; k < radix; k++) {
        const double angle = -2 * M_PI * p * k / rest;
        next.twiddles.push_back({static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))});
      }
    }
    passes_.push_back(std::move(next));
    rest /= radix;
    stride *= radix;
  }
}

ComplexLanes *Fourier::run(Direction direction, ComplexLanes *x, ComplexLanes *spare) const {
  return direction == Direction::inverse ? runAll<true>(x, spare) : runAll<false>(x, spare);
}

template <bool kInverse>
ComplexLanes *Fourier::runAll(ComplexLanes *x, ComplexLanes *spare) const {
  for (const Pass &each : passes_) {
    const Complex *w = each.twiddles.data();
    switch (each.radix) {
      case 2: pass<2, kInverse>(each.parts, each.stride, w, x, spare); break;
      case 3: pass<3, kInverse>(each.parts, each.stride, w, x, spare); break;
      case 4: pass<4, kInverse>(each.parts, each.stride, w, x, spare); break;
      default: pass<5, kInverse>(each.parts, each.stride, w, x, spare);
    }
    std::swap(x, spare);
  }
  return x;
}
