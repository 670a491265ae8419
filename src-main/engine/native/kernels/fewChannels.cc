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

}  // namespace

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
        product<L::width>({gradient, matrices.data() + static_cast<size_t>(ky) * s.filters * columns, s.filters, columns}, s.outWidth, [&](int place, int column, auto sum) {
          float *to = sums.data() + static_cast<size_t>(place) * s.stride * s.channels + column;
          L::store(to, L::load(to) + sum);
        });
      });
    }
    std::memcpy(dx + static_cast<size_t>(task) * s.width * s.channels, sums.data() + s.before * s.channels, sizeof(float) * s.width * s.channels);
  });
}
