#include "affineRelu.h"

#include <algorithm>
#include <vector>

#include "team.h"

namespace {

constexpr size_t kValuesOfTask = 1 << 14;

/** Call work(first) for the first value of each place, in runs of places that are worth a task. */
template <class Work>
void sharePlaces(size_t places, int channels, int threads, const Work &work) {
  const size_t each = std::max<size_t>(1, kValuesOfTask / channels);
  shareOut(static_cast<int>((places + each - 1) / each), threads, [&](int task, int) {
    for (size_t place = task * each; place < std::min(places, (task + 1) * each); place++) work(place * channels);
  });
}

/** Not a number stays what it is. */
inline float clipped(float x, const Limits &limits) {
  const float low = x < limits.floor ? limits.floor : x;
  return low > limits.ceiling ? limits.ceiling : low;
}

inline bool isBetween(float x, const Limits &limits) { return (x > limits.floor) & (x < limits.ceiling); }

/** How many places are taken as one of more channels: a few fill no vector, and where all are treated alike there need be no places at all. */
int placesAtOnce(size_t places, int channels, bool alike) {
  for (int times = alike ? 4096 : 16; times > 1; times /= 2)
    if (static_cast<size_t>(channels) * times <= (alike ? 1 << 14 : 256) && places % times == 0) return times;
  return 1;
}

/** The same values that many times over; null for null. */
std::vector<float> repeated(const float *values, int channels, int times) {
  std::vector<float> all;
  for (int i = 0; values && i < times; i++) all.insert(all.end(), values, values + channels);
  return all;
}

}  // namespace

void affineRelu(size_t places, int channels, const Limits &limits, const float *x, const float *scale, const float *offset, float *y, int threads) {
  const int times = placesAtOnce(places, channels, !scale && !offset), wide = channels * times;
  const std::vector<float> scales = repeated(scale, channels, times), offsets = repeated(offset, channels, times);
  const float *s = scales.data(), *o = offsets.data();
  sharePlaces(places / times, wide, threads, [&](size_t at) {
    const float *__restrict from = x + at;
    float *__restrict to = y + at;
    if (scale && offset)
      for (int c = 0; c < wide; c++) to[c] = clipped(from[c] * s[c] + o[c], limits);
    else if (scale)
      for (int c = 0; c < wide; c++) to[c] = clipped(from[c] * s[c], limits);
    else if (offset)
      for (int c = 0; c < wide; c++) to[c] = clipped(from[c] + o[c], limits);
    else
      for (int c = 0; c < wide; c++) to[c] = clipped(from[c], limits);
  });
}

void affineReluGradient(size_t places, int channels, const Limits &limits, const float *dy, const float *y, const float *scale, const float *added, float *dx, int threads) {
  const int times = placesAtOnce(places, channels, !scale), wide = channels * times;
  const std::vector<float> scales = repeated(scale, channels, times);
  const float *s = scales.data();
  sharePlaces(places / times, wide, threads, [&](size_t at) {
    const float *__restrict from = dy + at, *__restrict value = y + at;
    float *__restrict to = dx + at;
    if (scale)
      for (int c = 0; c < wide; c++) to[c] = isBetween(value[c], limits) ? from[c] * s[c] : 0;
    else
      for (int c = 0; c < wide; c++) to[c] = isBetween(value[c], limits) ? from[c] : 0;
    if (added)
      for (int c = 0; c < wide; c++) to[c] += added[at + c];
  });
}
