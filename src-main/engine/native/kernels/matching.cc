#include "matching.h"

#include <algorithm>
#include <vector>

#include "team.h"

namespace {

constexpr size_t kValuesOfTask = 1 << 15, kAtOnce = 16;

double differences(size_t length, const float *__restrict a, const float *__restrict target, float *__restrict to) {
  // Short sums in float32 side by side, the long one in float64.
  double sum = 0;
  for (size_t i = 0; i < length;) {
    float squares[kAtOnce] = {};
    const size_t end = std::min(length, i + 16 * kAtOnce);
    for (; i + kAtOnce <= end; i += kAtOnce)
      for (size_t lane = 0; lane < kAtOnce; lane++) to[i + lane] = a[i + lane] - target[i + lane], squares[lane] += to[i + lane] * to[i + lane];
    for (; i < end; i++) to[i] = a[i] - target[i], squares[0] += to[i] * to[i];
    for (const float square : squares) sum += square;
  }
  return sum;
}

}  // namespace

void matchingLosses(int signals, size_t length, const float *activations, const float *target, float *difference, float *losses, int threads) {
  const size_t tasks = (length + kValuesOfTask - 1) / kValuesOfTask;
  std::vector<double> sums(signals * tasks);
  shareOut(static_cast<int>(sums.size()), threads, [&](int task, int) {
    const size_t within = task % tasks * kValuesOfTask, at = task / tasks * length + within;
    sums[task] = differences(std::min(kValuesOfTask, length - within), activations + at, target + at, difference + at);
  });
  // In one order, whichever thread was first.
  for (int s = 0; s < signals; s++) {
    double sum = 0;
    for (size_t t = 0; t < tasks; t++) sum += sums[s * tasks + t];
    losses[s] = static_cast<float>(sum / 2);
  }
}
