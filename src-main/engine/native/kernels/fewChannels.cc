#include "fewChannels.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "product.h"
#include "team.h"

namespace {

int roundedUp(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

/** Weights of each row of the window as a matrix [filters, places of the window and channels], zeros at the end of its rows. */
std::vector<float> matricesOf(const FewChannels &s, const float *filter, int columns) {
  const int places = s.kernelWidth * s.channels;
  std::vector<float> matrices(static_cast<size_t>(s.kernelHeight) * s.filters * columns);
  for (int ky = 0; ky < s.kernelHeight; ky++)
    for (int place = 0; place < places; place++)
      for (int f = 0; f < s.filters; f++) matrices[(static_cast<size_t>(ky) * s.filters + f) * columns + place] = filter[(static_cast<size_t>(ky) * places + place) * s.filters + f];
  return matrices;
}

/** What each window of a row of outputs covers, row by row: [outWidth, kernelHeight, kernelWidth, channels]; zeros beyond the border. */
void windowsOf(const FewChannels &s, const float *image, int outRow, float *windows) {
  const int span = s.kernelWidth * s.channels;
  for (int place = 0; place < s.outWidth; place++)
    for (int ky = 0; ky < s.kernelHeight; ky++, windows += span) {
      const int row = outRow * s.stride - s.above + ky, left = place * s.stride - s.before;
      const int first = std::max(-left, 0), end = std::min(s.width - left, s.kernelWidth);
      if (row < 0 || row >= s.height || first >= end) {
        std::fill_n(windows, span, 0.0f);
        continue;
      }
      const float *from = image + (static_cast<ptrdiff_t>(row) * s.width + left) * s.channels;
      std::fill_n(windows, first * s.channels, 0.0f);
      std::copy(from + first * s.channels, from + end * s.channels, windows + first * s.channels);
      std::fill(windows + end * s.channels, windows + span, 0.0f);
    }
}

}  // namespace

void fewChannelsConvolve(const FewChannels &s, const float *x, const float *filter, const float *bias, float *y, int threads) {
  const int depth = s.kernelHeight * s.kernelWidth * s.channels;
  std::vector<float> packed(static_cast<size_t>(depth) * s.filters);
  for (int row = 0; row < depth; row++)
    for (int f = 0; f < s.filters; f++) packed[PackedMatrix::index(depth, s.filters, row, f)] = filter[static_cast<size_t>(row) * s.filters + f];
  shareOut(s.images * s.outHeight, threads, [&](int task, int) {
    thread_local std::vector<float> windows;
    windows.resize(static_cast<size_t>(s.outWidth) * depth);
    const float *image = x + static_cast<size_t>(task / s.outHeight) * s.height * s.width * s.channels;
    windowsOf(s, image, task % s.outHeight, windows.data());
    float *to = y + static_cast<size_t>(task) * s.outWidth * s.filters;
    inLanesFor(s.filters, [&](auto lanes) {
      using L = decltype(lanes);
      product<L::width>(FactorRows{windows.data(), depth, s.outWidth, depth}, PackedMatrix{packed.data(), s.filters}, [&](int place, int column, auto sum) {
        L::store(to + static_cast<size_t>(place) * s.filters + column, bias ? sum + L::load(bias + column) : sum);
      });
    });
  });
}

bool FewChannels::fits() const {
  // What the windows reach, and no more: the sums of a row lie in a space of this length.
  return stride > 0 && channels > 0 && above >= 0 && before >= 0 && above < kernelHeight && before < kernelWidth &&
         (outHeight - 1) * stride < height + above && (outWidth - 1) * stride < width + before;
}

void fewChannelsGradient(const FewChannels &s, const float *dy, const float *filter, float *dx, int threads) {
  const int columns = roundedUp(s.kernelWidth * s.channels, 8);
  const std::vector<float> matrices = matricesOf(s, filter, columns);
  // One row of the picture with what lies beyond its ends.
  const size_t padded = static_cast<size_t>(std::max((s.outWidth - 1) * s.stride * s.channels + columns, (s.before + s.width) * s.channels));
  shareOut(s.images * s.height, threads, [&](int task, int) {
    thread_local std::vector<float> sums;
    sums.assign(padded, 0.0f);
    const int image = task / s.height, row = task % s.height;
    for (int ky = 0; ky < s.kernelHeight; ky++) {
      const int down = row + s.above - ky;
      if (down < 0 || down % s.stride || down / s.stride >= s.outHeight) continue;
      const float *gradient = dy + (static_cast<size_t>(image) * s.outHeight + down / s.stride) * s.outWidth * s.filters;
      inLanesFor(columns, [&](auto lanes) {
        using L = decltype(lanes);
        product<L::width>(FactorRows{gradient, s.filters, s.outWidth, s.filters}, PlainMatrix{matrices.data() + static_cast<size_t>(ky) * s.filters * columns, columns}, [&](int place, int column, auto sum) {
          float *to = sums.data() + static_cast<size_t>(place) * s.stride * s.channels + column;
          L::store(to, L::load(to) + sum);
        });
      });
    }
    std::memcpy(dx + static_cast<size_t>(task) * s.width * s.channels, sums.data() + s.before * s.channels, sizeof(float) * s.width * s.channels);
  });
}
