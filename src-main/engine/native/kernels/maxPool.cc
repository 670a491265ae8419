#include "maxPool.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "team.h"
#include "wide.h"

namespace {

/** Of one window and W channels. */
template <int W>
struct Window {
  using L = Wide<W>;
  const MaxPool &s;
  int top, left, channel;

  template <class Visit>
  void visit(const Visit &each) const {
    for (int row = std::max(top, 0); row < std::min(top + s.windowHeight, s.height); row++)
      for (int column = std::max(left, 0); column < std::min(left + s.windowWidth, s.width); column++)
        each((static_cast<size_t>(row) * s.width + column) * s.channels + channel);
  }

  void spread(const float *x, const float *dy, float *dx) const {
    using Integers = typename L::Integers;
    typename L::Floats best = typename L::Floats{} - std::numeric_limits<float>::infinity();
    // The first place, where nothing is above minus infinity.
    Integers place = Integers{};
    int32_t now = 0;
    visit([&](size_t at) {
      const auto value = L::load(x + at);
      const Integers higher = value > best;
      best = value > best ? value : best;
      place = (higher & now) | (~higher & place);
      now++;
    });
    now = 0;
    const auto gradient = L::load(dy);
    visit([&](size_t at) {
      const Integers mine = place == now;
      const auto part = reinterpret_cast<typename L::Floats>(reinterpret_cast<Integers>(gradient) & mine);
      L::store(dx + at, L::load(dx + at) + part);
      now++;
    });
  }
};

/** Channels of a task: windows overlap, channels do not. */
template <int W>
void share(const MaxPool &s, const float *x, const float *dy, float *dx, int threads) {
  const int slices = s.channels / W;
  shareOut(s.images * slices, threads, [&](int task, int) {
    const int image = task / slices, channel = task % slices * W;
    const size_t places = static_cast<size_t>(s.height) * s.width;
    const float *from = x + image * places * s.channels;
    float *to = dx + image * places * s.channels;
    for (size_t place = 0; place < places; place++) std::memset(to + place * s.channels + channel, 0, sizeof(float) * W);
    const float *gradient = dy + static_cast<size_t>(image) * s.outHeight * s.outWidth * s.channels + channel;
    for (int row = 0; row < s.outHeight; row++)
      for (int column = 0; column < s.outWidth; column++, gradient += s.channels)
        Window<W>{s, row * s.strideDown - s.above, column * s.strideAcross - s.before, channel}.spread(from, gradient, to);
  });
}

}  // namespace

bool MaxPool::fits() const {
  const auto reaches = [](int places, int outputs, int window, int stride, int beyond) {
    return places > 0 && outputs > 0 && window > 0 && stride > 0 && beyond >= 0 && beyond < window && (outputs - 1) * stride - beyond < places;
  };
  return images > 0 && channels > 0 && channels % 8 == 0 && reaches(height, outHeight, windowHeight, strideDown, above) && reaches(width, outWidth, windowWidth, strideAcross, before);
}

void maxPoolGradient(const MaxPool &s, const float *x, const float *dy, float *dx, int threads) {
  inLanesFor(s.channels, [&](auto lanes) { share<decltype(lanes)::width>(s, x, dy, dx, threads); });
}
