#include "winograd.h"

#include <algorithm>
#include <vector>

#include "product.h"
#include "team.h"

namespace {

/** Tiles of a task: so few that what lies between its transforms stays in the processor's cache. */
constexpr int kMostTiles = 28;

/** A tile takes 4x4 places of the input and gives 2x2 of the output. */
constexpr int kSide = 4, kStep = 2;

thread_local std::vector<float> held;

struct Place {
  int image, row, column;
};

/** Of a convolution's output, in tiles, the last of each row and column perhaps half empty. */
struct Tiling {
  int across, each;

  explicit Tiling(const FrozenConvolution &s) : across((s.outWidth() + 1) / kStep), each(across * ((s.outHeight() + 1) / kStep)) {}
  Place placeOf(int tile) const { return {tile / each, tile % each / across * kStep, tile % across * kStep}; }
};

/** Where the 16 values of a tile lie, channel after channel; outside the picture are zeros. */
struct Corner {
  const float *values[kWinogradPlaces], *open[kWinogradPlaces];

  Corner(const FrozenConvolution &s, const Place &place, const float *x, const float *mask, const float *zeros) {
    for (int p = 0; p < kWinogradPlaces; p++) {
      const int row = place.row + p / kSide - s.pad, column = place.column + p % kSide - s.pad;
      const bool inside = row >= 0 && row < s.height && column >= 0 && column < s.width;
      const size_t at = inside ? ((static_cast<size_t>(place.image) * s.height + row) * s.width + column) * s.channels : 0;
      values[p] = inside ? x + at : zeros;
      open[p] = inside && mask ? mask + at : zeros;
    }
  }
};

template <class Floats>
inline void alongIn(const Floats &a, const Floats &b, const Floats &c, const Floats &d, Floats (&to)[kSide]) {
  to[0] = a - c, to[1] = b + c, to[2] = c - b, to[3] = b - d;
}

/** B^T d B, channel by channel; the 16 results of a channel lie `apart`. */
template <int W, bool kMasked>
void transformIn(int channels, const Corner &from, float *to, size_t apart) {
  using L = Wide<W>;
  using Floats = typename L::Floats;
  const Floats zero = {};
  const auto load = [&](int p, int c) {
    const Floats value = L::load(from.values[p] + c);
    return kMasked ? (L::load(from.open[p] + c) > zero ? value : zero) : value;
  };
  for (int c = 0; c < channels; c += W) {
    Floats down[kSide][kSide], both[kSide];
#pragma GCC unroll 4
    for (int j = 0; j < kSide; j++) alongIn(load(j, c), load(4 + j, c), load(8 + j, c), load(12 + j, c), down[j]);
#pragma GCC unroll 4
    for (int i = 0; i < kSide; i++) {
      alongIn(down[0][i], down[1][i], down[2][i], down[3][i], both);
#pragma GCC unroll 4
      for (int j = 0; j < kSide; j++) L::store(to + (i * kSide + j) * apart + c, both[j]);
    }
  }
}

/** A^T m A, and what comes after. `rows` and `columns` of the four results lie in the picture; the first at `first`. */
template <int W>
void transformOut(const FrozenConvolution &s, const float *from, size_t apart, const Around &around, float *y, size_t first, int rows, int columns) {
  using L = Wide<W>;
  using Floats = typename L::Floats;
  const auto put = [&](int row, int column, int k, Floats value) {
    if (row < rows && column < columns) around.finish<W>(y, first + (static_cast<size_t>(row) * s.outWidth() + column) * s.filters, k, value);
  };
  for (int k = 0; k < s.filters; k += W) {
    const auto load = [&](int p) { return L::load(from + p * apart + k); };
    Floats down[kStep][kSide];
#pragma GCC unroll 4
    for (int j = 0; j < kSide; j++) {
      const Floats b = load(4 + j), c = load(8 + j);
      down[0][j] = load(j) + b + c, down[1][j] = b - c - load(12 + j);
    }
#pragma GCC unroll 2
    for (int i = 0; i < kStep; i++) {
      put(i, 0, k, down[i][0] + down[i][1] + down[i][2]);
      put(i, 1, k, down[i][1] - down[i][2] - down[i][3]);
    }
  }
}

struct Operands {
  const float *x, *packed;
  float *y;
};

void tiles(const FrozenConvolution &s, const Tiling &tiling, int first, int count, const Operands &of, const Around &around) {
  const size_t apartIn = static_cast<size_t>(count) * s.channels, apartOut = static_cast<size_t>(count) * s.filters;
  const size_t needed = kWinogradPlaces * (apartIn + apartOut) + s.channels;
  if (held.size() < needed) held.resize(needed);
  float *in = held.data(), *out = in + kWinogradPlaces * apartIn, *zeros = out + kWinogradPlaces * apartOut;
  std::fill_n(zeros, s.channels, 0.0f);
  inLanesFor(s.channels, [&](auto lanes) {
    constexpr int W = decltype(lanes)::width;
    for (int t = 0; t < count; t++) {
      const Corner corner(s, tiling.placeOf(first + t), of.x, around.open, zeros);
      float *to = in + static_cast<size_t>(t) * s.channels;
      around.open ? transformIn<W, true>(s.channels, corner, to, apartIn) : transformIn<W, false>(s.channels, corner, to, apartIn);
    }
  });
  inLanesFor(s.filters, [&](auto lanes) {
    using L = decltype(lanes);
    const size_t matrix = static_cast<size_t>(s.channels) * s.filters;
    for (int p = 0; p < kWinogradPlaces; p++) {
      float *to = out + p * apartOut;
      product<L::width>(FactorRows{in + p * apartIn, s.channels, count, s.channels}, PackedMatrix{of.packed + p * matrix, s.filters}, [&](int row, int column, auto sum) {
        L::store(to + static_cast<size_t>(row) * s.filters + column, sum);
      });
    }
    for (int t = 0; t < count; t++) {
      const Place place = tiling.placeOf(first + t);
      const size_t at = ((static_cast<size_t>(place.image) * s.outHeight() + place.row) * s.outWidth() + place.column) * s.filters;
      transformOut<L::width>(s, out + static_cast<size_t>(t) * s.filters, apartOut, around, of.y, at, s.outHeight() - place.row, s.outWidth() - place.column);
    }
  });
}

}  // namespace

void winogradFilter(const float (&g)[3][3], float (&to)[kWinogradPlaces]) {
  const auto along = [](float a, float b, float c, float *at, int step) {
    at[0] = a, at[step] = 0.5f * (a + b + c), at[2 * step] = 0.5f * (a - b + c), at[3 * step] = c;
  };
  float down[kSide][3];
  for (int j = 0; j < 3; j++) along(g[0][j], g[1][j], g[2][j], &down[0][j], 3);
  for (int i = 0; i < kSide; i++) along(down[i][0], down[i][1], down[i][2], to + i * kSide, 1);
}

void winogradConvolve(const FrozenConvolution &s, const float *x, const float *packed, const Around &around, float *y, int threads) {
  const Tiling tiling(s);
  const int all = s.images * tiling.each, each = rowsOfTask(all, kMostTiles, threads);
  shareOut((all + each - 1) / each, threads, [&](int task, int) {
    const int first = task * each;
    tiles(s, tiling, first, std::min(each, all - first), {x, packed, y}, around);
  });
}
