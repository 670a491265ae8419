#include "invertedResidual.h"

#include <algorithm>
#include <cstring>

#include "filterChannels.h"
#include "product.h"
#include "team.h"

namespace {

/** Zeros before and after each row, so that no tap has to ask where it is. */
struct PaddedRows {
  int left, places, right, channels;
  float *values;

  size_t rowLength() const { return static_cast<size_t>(left + places + right) * channels; }
  float *at(int row, int place) const { return values + row * rowLength() + static_cast<ptrdiff_t>(left + place) * channels; }

  void clearEnds(int row) const {
    std::fill_n(at(row, -left), static_cast<size_t>(left) * channels, 0.0f);
    std::fill_n(at(row, places), static_cast<size_t>(right) * channels, 0.0f);
  }
};

/** Zeros that SAME padding puts before the first place: the odd one goes to the end. */
int zerosBefore(int places, int kernel, int stride) {
  const int outputs = (places + stride - 1) / stride;
  return std::max((outputs - 1) * stride + kernel - places, 0) / 2;
}

/** Kept between calls: fresh memory costs more than the arithmetic of a small block. */
float *space(std::vector<float> &held, size_t length) {
  if (held.size() < length) held.resize(length);
  return held.data();
}

thread_local std::vector<float> wideSpace, rowSpace;

/** Small maps share the weights of a task among several rows: they are more than the values. */
int rowsPerTask(int rows, int width, int threads) { return width >= 14 ? 1 : (rows + threads - 1) / threads; }

void shareRows(int rows, int width, int threads, const std::function<void(int row)> &work) {
  const int each = rowsPerTask(rows, width, threads);
  shareOut((rows + each - 1) / each, threads, [&](int task, int) {
    for (int row = task * each; row < std::min(rows, (task + 1) * each); row++) work(row);
  });
}

void widen(const BlockSize &s, const BlockWeights &w, const float *x, uint8_t *open, const PaddedRows &into, int row) {
  into.clearEnds(row);
  float *out = into.at(row, 0);
  const size_t first = static_cast<size_t>(row) * s.width;
  if (!s.expands) return void(std::memcpy(out, x + first * s.input, sizeof(float) * s.width * s.input));
  inLanesFor(s.wide, [&](auto lanes) {
    using L = decltype(lanes);
    product<L::width>(FactorRows{x + first * s.input, s.input, s.width, s.input}, PlainMatrix{w.expand, s.wide}, [&](int place, int channel, auto sum) {
      const auto value = sum + L::load(w.expandBias + channel);
      L::store(out + static_cast<size_t>(place) * s.wide + channel, L::relu6(value));
      L::storeOpen(open + (first + place) * s.wide + channel, value);
    });
  });
}

void filterAndNarrow(const BlockSize &s, const BlockWeights &w, const float *x, const PaddedRows &wide, float *y, uint8_t *open, int row) {
  const int places = s.outWidth(), above = zerosBefore(s.height, s.kernel, s.stride), before = zerosBefore(s.width, s.kernel, s.stride);
  Taps taps;
  taps.step = s.stride * s.wide;
  for (int ky = 0; ky < s.kernel; ky++) {
    const int from = row * s.stride - above + ky;
    if (from < 0 || from >= s.height) continue;
    for (int kx = 0; kx < s.kernel; kx++) taps.add(wide.at(from, kx - before), w.depthwise + static_cast<size_t>(ky * s.kernel + kx) * s.wide);
  }
  float *filtered = space(rowSpace, static_cast<size_t>(places) * s.wide);
  const size_t first = static_cast<size_t>(row) * places;
  inLanesFor(s.wide, [&](auto lanes) {
    using L = decltype(lanes);
    filterChannels<L::width>(taps, places, s.wide, [&](int place, int channel, auto sum) {
      const auto value = sum + L::load(w.depthwiseBias + channel);
      L::store(filtered + static_cast<size_t>(place) * s.wide + channel, L::relu6(value));
      L::storeOpen(open + (first + place) * s.wide + channel, value);
    });
  });
  inLanesFor(s.output, [&](auto lanes) {
    using L = decltype(lanes);
    product<L::width>(FactorRows{filtered, s.wide, places, s.wide}, PlainMatrix{w.project, s.output}, [&](int place, int channel, auto sum) {
      const size_t at = (first + place) * s.output + channel;
      const auto value = sum + L::load(w.projectBias + channel);
      L::store(y + at, s.skips ? value + L::load(x + at) : value);
    });
  });
}

/** Gradient at what was filtered. */
void unnarrow(const BlockSize &s, const BlockWeights &w, const float *dy, const uint8_t *open, const PaddedRows &into, int row) {
  into.clearEnds(row);
  const int places = s.outWidth();
  const size_t first = static_cast<size_t>(row) * places;
  float *out = into.at(row, 0);
  inLanesFor(s.wide, [&](auto lanes) {
    using L = decltype(lanes);
    product<L::width>(FactorRows{dy + first * s.output, s.output, places, s.output}, PlainMatrix{w.project, s.wide}, [&](int place, int channel, auto sum) {
      L::store(out + static_cast<size_t>(place) * s.wide + channel, L::whereOpen(sum, open + (first + place) * s.wide + channel));
    });
  });
}

/** Whole outputs that lie before a place, counted down for those before the first. */
int floorDivide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

/** Taps that reach every stride-th place of a row, from place `phase` on. */
Taps transposedTaps(const BlockSize &s, const float *weights, const PaddedRows &gradient, int row, int phase) {
  const int above = zerosBefore(s.height, s.kernel, s.stride), before = zerosBefore(s.width, s.kernel, s.stride);
  Taps taps;
  taps.step = s.wide;
  for (int ky = 0; ky < s.kernel; ky++) {
    const int down = row + above - ky;
    if (down < 0 || down % s.stride || down / s.stride >= s.outHeight()) continue;
    for (int kx = 0; kx < s.kernel; kx++) {
      const int across = phase + before - kx;
      if ((across + s.kernel * s.stride) % s.stride) continue;
      taps.add(gradient.at(down / s.stride, floorDivide(across, s.stride)), weights + static_cast<size_t>(ky * s.kernel + kx) * s.wide);
    }
  }
  return taps;
}

void unfilterAndUnwiden(const BlockSize &s, const BlockWeights &w, const float *dy, const PaddedRows &gradient, const uint8_t *open, float *dx, int row) {
  const size_t first = static_cast<size_t>(row) * s.width;
  float *widened = s.expands ? space(rowSpace, static_cast<size_t>(s.width) * s.wide) : dx + first * s.input;
  inLanesFor(s.wide, [&](auto lanes) {
    using L = decltype(lanes);
    for (int phase = 0; phase < s.stride; phase++) {
      const Taps taps = transposedTaps(s, w.depthwise, gradient, row, phase);
      filterChannels<L::width>(taps, (s.width - phase + s.stride - 1) / s.stride, s.wide, [&](int step, int channel, auto sum) {
        const size_t at = static_cast<size_t>(phase + step * s.stride) * s.wide + channel;
        L::store(widened + at, s.expands ? L::whereOpen(sum, open + first * s.wide + at) : sum);
      });
    }
  });
  if (!s.expands) return;
  inLanesFor(s.input, [&](auto lanes) {
    using L = decltype(lanes);
    product<L::width>(FactorRows{widened, s.wide, s.width, s.wide}, PlainMatrix{w.expand, s.input}, [&](int place, int channel, auto sum) {
      const size_t at = (first + place) * s.input + channel;
      L::store(dx + at, s.skips ? sum + L::load(dy + at) : sum);
    });
  });
}

}  // namespace

void blockForward(const BlockSize &s, const BlockWeights &w, const float *x, float *y, uint8_t *openExpand, uint8_t *openFilter, int threads) {
  PaddedRows wide{s.kernel, s.width, s.kernel, s.wide, nullptr};
  wide.values = space(wideSpace, s.height * wide.rowLength());
  const size_t places = static_cast<size_t>(s.height) * s.width, outPlaces = static_cast<size_t>(s.outHeight()) * s.outWidth();
  for (int image = 0; image < s.images; image++) {
    const float *from = x + image * places * s.input;
    uint8_t *open = openFilter + image * outPlaces * s.wide;
    shareRows(s.height, s.width, threads, [&](int row) { widen(s, w, from, openExpand + image * places * s.wide, wide, row); });
    shareRows(s.outHeight(), s.outWidth(), threads, [&](int row) { filterAndNarrow(s, w, from, wide, y + image * outPlaces * s.output, open, row); });
  }
}

void blockGradient(const BlockSize &s, const BlockWeights &w, const float *dy, const uint8_t *openExpand, const uint8_t *openFilter, float *dx, int threads) {
  PaddedRows wide{s.kernel, s.outWidth(), s.kernel, s.wide, nullptr};
  wide.values = space(wideSpace, s.outHeight() * wide.rowLength());
  const size_t places = static_cast<size_t>(s.height) * s.width, outPlaces = static_cast<size_t>(s.outHeight()) * s.outWidth();
  for (int image = 0; image < s.images; image++) {
    const float *from = dy + image * outPlaces * s.output;
    const uint8_t *open = openExpand + image * places * s.wide;
    shareRows(s.outHeight(), s.outWidth(), threads, [&](int row) { unnarrow(s, w, from, openFilter + image * outPlaces * s.wide, wide, row); });
    shareRows(s.height, s.width, threads, [&](int row) { unfilterAndUnwiden(s, w, from, wide, open, dx + image * places * s.input, row); });
  }
}
