#include "affineRelu.h"

#include <algorithm>
#include <vector>

#include "team.h"

namespace {

constexpr size_t kValuesOfTask = 1 << 16;

/** Call work(first, end) for runs of places that are worth a task. */
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

/** Three channels fill no vector: several places are taken as one of many channels. Returns null for null. */
const float *repeated(const float *values, int channels, int times, std::vector<float> &space) {
  if (!values || times == 1) return values;
  for (int i = 0; i < times; i++) space.insert(space.end(), values, values + channels);
  return space.data();
}

int timesFor(size_t places, int channels) {
  for (int times = 16; times > 1; times /= 2)
    if (channels < 16 && places % times == 0) return times;
  return 1;
}

}  // namespace

void affineRelu(size_t places, int channels, const Limits &limits, const float *x, const float *givenScale, const float *givenOffset, float *y, int threads) {
  std::vector<float> scales, offsets;
  const int times = timesFor(places, channels);
  const float *scale = repeated(givenScale, channels, times, scales), *offset = repeated(givenOffset, channels, times, offsets);
  places /= times, channels *= times;
  sharePlaces(places, channels, threads, [&](size_t at) {
    const float *__restrict from = x + at;
    float *__restrict to = y + at;
    if (scale)
      for (int c = 0; c < channels; c++) to[c] = clipped(from[c] * scale[c] + offset[c], limits);
    else
      for (int c = 0; c < channels; c++) to[c] = clipped(from[c] + offset[c], limits);
  });
}

void affineReluGradient(size_t places, int channels, const Limits &limits, const float *dy, const float *y, const float *scale, float *dx, int threads) {
  sharePlaces(places, channels, threads, [&](size_t at) {
    const float *__restrict from = dy + at, *__restrict value = y + at;
    float *__restrict to = dx + at;
    if (scale)
      for (int c = 0; c < channels; c++) to[c] = isBetween(value[c], limits) ? from[c] * scale[c] : 0;
    else
      for (int c = 0; c < channels; c++) to[c] = isBetween(value[c], limits) ? from[c] : 0;
  });
}
