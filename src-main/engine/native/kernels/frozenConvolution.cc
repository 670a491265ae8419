#include "frozenConvolution.h"

#include <algorithm>
#include <vector>

#include "product.h"
#include "team.h"
#include "winograd.h"

namespace {

/** Rows of a task of a 1x1 convolution. */
constexpr int kMostRows = 56;

thread_local std::vector<float> held;

/** The rows, or a copy with zeros where they are not open. */
const float *openRows(const float *x, const float *open, size_t length) {
  if (!open) return x;
  if (held.size() < length) held.resize(length);
  for (size_t i = 0; i < length; i++) held[i] = open[i] > 0 ? x[i] : 0;
  return held.data();
}

void pointwise(const FrozenConvolution &s, const float *x, const float *packed, const Around &around, float *y, int threads) {
  const int all = s.images * s.height * s.width, each = rowsOfTask(all, kMostRows, threads);
  shareOut((all + each - 1) / each, threads, [&](int task, int) {
    const int first = task * each, count = std::min(each, all - first);
    const size_t from = static_cast<size_t>(first) * s.channels;
    const float *rows = openRows(x + from, around.open ? around.open + from : nullptr, static_cast<size_t>(count) * s.channels);
    const size_t result = static_cast<size_t>(first) * s.filters;
    inLanesFor(s.filters, [&](auto lanes) {
      using L = decltype(lanes);
      product<L::width>(FactorRows{rows, s.channels, count, s.channels}, PackedMatrix{packed, s.filters}, [&](int row, int column, auto sum) {
        around.finish<L::width>(y, result + static_cast<size_t>(row) * s.filters, column, sum);
      });
    });
  });
}

}  // namespace

bool FrozenConvolution::fits() const {
  const bool sides = (side == 1 && pad == 0) || (side == 3 && pad >= 0 && pad <= 2);
  return sides && images > 0 && height > 0 && width > 0 && outHeight() > 0 && outWidth() > 0 && channels > 0 && channels % 8 == 0 && filters > 0 && filters % 8 == 0;
}

size_t packedLength(int side, int channels, int filters) {
  return static_cast<size_t>(channels) * filters * (side == 1 ? 1 : kWinogradPlaces);
}

void packFilter(int side, int channels, int filters, bool transposed, const float *filter, float *packed) {
  const size_t matrix = static_cast<size_t>(channels) * filters;
  const int depth = transposed ? filters : channels, columns = transposed ? channels : filters;
  for (int c = 0; c < channels; c++)
    for (int k = 0; k < filters; k++) {
      const float *from = filter + static_cast<size_t>(c) * filters + k;
      float *to = packed + PackedMatrix::index(depth, columns, transposed ? k : c, transposed ? c : k);
      if (side == 1) {
        *to = *from;
        continue;
      }
      float window[3][3], transformed[kWinogradPlaces];
      for (int p = 0; p < 9; p++) window[p / 3][p % 3] = from[(transposed ? 8 - p : p) * matrix];
      winogradFilter(window, transformed);
      for (int p = 0; p < kWinogradPlaces; p++) to[p * matrix] = transformed[p];
    }
}

void convolveFrozen(const FrozenConvolution &s, const float *x, const float *packed, const Around &around, float *y, int threads) {
  (s.side == 1 ? pointwise : winogradConvolve)(s, x, packed, around, y, threads);
}
