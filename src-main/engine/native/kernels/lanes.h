#pragma once

/** Eight signals side by side: what is done to one is done to all, in one instruction where the processor has it. */
constexpr int kLanes = 8;
typedef float Lanes __attribute__((vector_size(kLanes * sizeof(float))));

/** One complex number of each of the eight signals. */
struct ComplexLanes {
  Lanes re, im;
};

struct Complex {
  float re, im;
};

inline ComplexLanes operator+(const ComplexLanes &a, const ComplexLanes &b) { return {a.re + b.re, a.im + b.im}; }
inline ComplexLanes operator-(const ComplexLanes &a, const ComplexLanes &b) { return {a.re - b.re, a.im - b.im}; }
inline ComplexLanes operator*(const ComplexLanes &a, float b) { return {a.re * b, a.im * b}; }
inline ComplexLanes operator*(const ComplexLanes &a, const Complex &w) {
  return {a.re * w.re - a.im * w.im, a.re * w.im + a.im * w.re};
}
