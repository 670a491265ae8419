#include "adam.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "team.h"

namespace {

constexpr int kValuesOfTask = 1 << 11;

bool updateRun(const AdamRates rates, int length, const float *__restrict g, const AdamValues &before, const AdamValues &after) {
  const float *__restrict x = before.signal, *__restrict m = before.m, *__restrict v = before.v;
  float *__restrict toX = after.signal, *__restrict toM = after.m, *__restrict toV = after.v;
  // Loops apart, each of which the compiler makes one of vectors.
  for (int i = 0; i < length; i++) toM[i] = m[i] + (g[i] - m[i]) * rates.towardsM;
  for (int i = 0; i < length; i++) toV[i] = v[i] + (g[i] * g[i] - v[i]) * rates.towardsV;
  for (int i = 0; i < length; i++) toX[i] = x[i] - rates.step * toM[i] / (std::sqrt(toV[i]) + rates.epsilon);
  for (int i = 0; i < length; i++) toX[i] = std::min(std::max(toX[i], rates.low), rates.high);
  int others = 0;
  for (int i = 0; i < length; i++) others += !(g[i] * g[i] <= std::numeric_limits<float>::max());
  return others == 0;
}

}  // namespace

bool adamUpdate(const AdamRates &rates, size_t length, const float *gradient, const AdamValues &before, const AdamValues &after, int threads) {
  std::atomic<bool> finite{true};
  shareOut(static_cast<int>((length + kValuesOfTask - 1) / kValuesOfTask), threads, [&](int task, int) {
    const size_t at = static_cast<size_t>(task) * kValuesOfTask;
    const auto from = [&](const AdamValues &values) { return AdamValues{values.signal + at, values.m + at, values.v + at}; };
    const int count = static_cast<int>(std::min<size_t>(kValuesOfTask, length - at));
    if (!updateRun(rates, count, gradient + at, from(before), from(after))) finite = false;
  });
  return finite;
}
