#include "affineRelu.h"

#include <algorithm>

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
inline float between(float x, float ceiling) {
  const float low = x < 0 ? 0 : x;
  return low > ceiling ? ceiling : low;
}

}  // namespace

void affineRelu(size_t places, int channels, float ceiling, const float *x, const float *scale, const float *offset, float *y, int threads) {
  sharePlaces(places, channels, threads, [&](size_t at) {
    const float *__restrict from = x + at;
    float *__restrict to = y + at;
    if (scale)
      for (int c = 0; c < channels; c++) to[c] = between(from[c] * scale[c] + offset[c], ceiling);
    else
      for (int c = 0; c < channels; c++) to[c] = between(from[c] + offset[c], ceiling);
  });
}

void affineReluGradient(size_t places, int channels, float ceiling, const float *dy, const float *y, const float *scale, float *dx, int threads) {
  sharePlaces(places, channels, threads, [&](size_t at) {
    const float *__restrict from = dy + at, *__restrict value = y + at;
    float *__restrict to = dx + at;
    if (scale)
      for (int c = 0; c < channels; c++) to[c] = (value[c] > 0) & (value[c] < ceiling) ? from[c] * scale[c] : 0;
    else
      for (int c = 0; c < channels; c++) to[c] = (value[c] > 0) & (value[c] < ceiling) ? from[c] : 0;
  });
}
