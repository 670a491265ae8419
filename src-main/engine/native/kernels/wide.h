#pragma once

#include <cstdint>
#include <cstring>

/** Vectors of W numbers. Written out for each W: GCC converts no vectors whose type depends on a parameter. */
template <int W>
struct Vectors;

template <>
struct Vectors<8> {
  typedef float Floats __attribute__((vector_size(32)));
  typedef int32_t Integers __attribute__((vector_size(32)));
  typedef int8_t Bytes __attribute__((vector_size(8)));
  static Bytes narrow(Integers x) { return __builtin_convertvector(x, Bytes); }
  static Integers widen(Bytes x) { return __builtin_convertvector(x, Integers); }
};

#if defined(__AVX512F__)
template <>
struct Vectors<16> {
  typedef float Floats __attribute__((vector_size(64)));
  typedef int32_t Integers __attribute__((vector_size(64)));
  typedef int8_t Bytes __attribute__((vector_size(16)));
  static Bytes narrow(Integers x) { return __builtin_convertvector(x, Bytes); }
  static Integers widen(Bytes x) { return __builtin_convertvector(x, Integers); }
};
#endif

/** Neighbouring channels, W at a time, in one register where the processor has such. */
template <int W>
struct Wide : Vectors<W> {
  using typename Vectors<W>::Floats;
  using typename Vectors<W>::Integers;
  using typename Vectors<W>::Bytes;
  static constexpr int width = W;

  static Floats load(const float *from) {
    Floats value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }

  static void store(float *to, Floats value) { std::memcpy(to, &value, sizeof value); }

  /** Not a number stays what it is, here and below. */
  static Floats relu(Floats x) {
    const Floats zero = {};
    return x < zero ? zero : x;
  }

  static Floats relu6(Floats x) {
    const Floats zero = {}, six = zero + 6.0f;
    const Floats low = x < zero ? zero : x;
    return low > six ? six : low;
  }

  /** Notes as booleans where relu6 lets a gradient through. */
  static void storeOpen(uint8_t *to, Floats x) {
    const Floats zero = {}, six = zero + 6.0f;
    const Bytes open = Wide::narrow((x > zero) & (x < six)) & 1;
    std::memcpy(to, &open, sizeof open);
  }

  static Floats whereOpen(Floats x, const uint8_t *from) {
    Bytes open;
    std::memcpy(&open, from, sizeof open);
    const Integers mask = -Wide::widen(open);
    return reinterpret_cast<Floats>(reinterpret_cast<Integers>(x) & mask);
  }
};

#if defined(__AVX512F__)
constexpr int kWidest = 16;
#else
constexpr int kWidest = 8;
#endif

/** Calls work with the widest lanes that so many channels fill. */
template <class Work>
inline void inLanesFor(int channels, const Work &work) {
  if (channels % kWidest == 0) work(Wide<kWidest>());
  else work(Wide<8>());
}
