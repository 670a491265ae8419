#pragma once

#include <cstddef>

#include "wide.h"

/** One weight of a filter for every channel, and what it weighs for the first output. */
struct Tap {
  const float *values;
  const float *weights;
};

/** Taps of one row of outputs; `step` floats lie between what a tap weighs for one output and for the next. */
struct Taps {
  static constexpr int kMost = 49;
  Tap taps[kMost];
  int count = 0;
  int step;

  void add(const float *values, const float *weights) { taps[count++] = {values, weights}; }
};

template <int R, int W, class Store>
inline void filterTile(const Taps &taps, int output, int outputs, int channel, const Store &store) {
  using Lanes = Wide<W>;
  if constexpr (R > 1)
    if (outputs < R) return filterTile<R - 1, W>(taps, output, outputs, channel, store);
  typename Lanes::Floats sums[R] = {};
  for (int t = 0; t < taps.count; t++) {
    const auto weights = Lanes::load(taps.taps[t].weights + channel);
    const float *values = taps.taps[t].values + static_cast<ptrdiff_t>(output) * taps.step + channel;
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) sums[r] += Lanes::load(values + static_cast<ptrdiff_t>(r) * taps.step) * weights;
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; r++) store(output + r, channel, sums[r]);
}

/** Filter each channel of a row by itself; hands every sum to store(output, channel, values). */
template <int W, class Store>
inline void filterChannels(const Taps &taps, int outputs, int channels, const Store &store) {
  constexpr int kOutputs = 7;
  for (int channel = 0; channel < channels; channel += W)
    for (int output = 0; output < outputs; output += kOutputs) filterTile<kOutputs, W>(taps, output, outputs - output, channel, store);
}
